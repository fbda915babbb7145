import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

@testable import Controller

/// The primary's PodDisruptionBudget.
@Suite(.timeLimit(.minutes(1))) struct DisruptionBudgetTests {
    private static func budget(_ name: String, _ labels: JSONValue) -> JSONValue {
        [
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "metadata": ["name": .string(name), "namespace": "test"],
            "spec": [
                "minAvailable": "50%", "unhealthyPodEvictionPolicy": "AlwaysAllow", "selector": ["matchLabels": labels],
            ],
        ]
    }

    private static func stage(_ budgets: [JSONValue]) throws -> ClusterStage {
        var target = WorkloadExamples.workload("Deployment")
        target[path: "spec", "template", "metadata", "labels", "tier"] = "web"
        let objects = budgets.map { (ResourceType.podDisruptionBudgets, $0) }
        return try ClusterStage(canary: WorkloadExamples.canary("Deployment"), [(.deployments, target)] + objects)
    }

    private static func copy(_ stage: ClusterStage) -> JSONValue? {
        stage.cluster.object(.podDisruptionBudgets, "test", "podinfo-primary")
    }

    @Test func copiesTheTargetsForThePrimarysPods() async throws {
        let stage = try Self.stage([Self.budget("podinfo", ["app": "podinfo"])])
        #expect(try await stage.observation().disruptionBudget == .missing)
        try await stage.perform(.applyDisruptionBudget)
        #expect(Self.copy(stage)?["spec"] == Self.budget("", ["app": "podinfo-primary"])["spec"])
        #expect(try await stage.observation().disruptionBudget == .current)
    }

    @Test func bringsTheCopyUpToDateAndTakesItAwayWithTheTargets() async throws {
        let stage = try Self.stage([Self.budget("podinfo", ["app": "podinfo"])])
        try await stage.perform(.applyDisruptionBudget)
        stage.cluster.modify(.podDisruptionBudgets, test) { $0[path: "spec", "minAvailable"] = 1 }
        #expect(try await stage.observation().disruptionBudget == .differs)
        try await stage.perform(.applyDisruptionBudget)
        #expect(Self.copy(stage)?[path: "spec", "minAvailable"] == 1)
        stage.cluster.remove(.podDisruptionBudgets, test)
        #expect(try await stage.observation().disruptionBudget == .differs)
        try await stage.perform(.applyDisruptionBudget)
        #expect(Self.copy(stage) == nil)
        #expect(try await stage.observation().disruptionBudget == nil)
    }

    @Test func leavesTheCopyAsItIsBehindABrokenGlass() async throws {
        let stage = try Self.stage([Self.budget("podinfo", ["app": "podinfo"])])
        try await stage.perform(.applyDisruptionBudget)
        let key = ObjectKey(namespace: "test", name: "podinfo-primary")
        let end = stage.clock.now() + .seconds(60)
        stage.cluster.modify(.podDisruptionBudgets, key) { copy in
            copy[path: "spec", "minAvailable"] = 0
            copy[path: "metadata", "annotations", GateAnnotations.breakGlass] = "incident 7"
            copy[path: "metadata", "annotations", GateAnnotations.breakGlassUntil] = .string(end.rfc3339)
        }
        #expect(try await stage.observation().disruptionBudget == .current)
        stage.clock.advance(by: .seconds(60))
        #expect(try await stage.observation().disruptionBudget == .differs)
    }

    @Test(arguments: [
        // Two budgets on one pod keep it from being evicted.
        [budget("podinfo", ["tier": "web"])],
        [budget("podinfo", ["app": "podinfo"]), budget("by-hand", ["app": "podinfo-primary"])],
        [budget("other", ["app": "redis"])],
        [],
    ]) func makesNoneWhereThePrimaryIsCoveredOrTheTargetIsNot(budgets: [JSONValue]) async throws {
        let stage = try Self.stage(budgets)
        #expect(try await stage.observation().disruptionBudget == nil)
        try await stage.perform(.applyDisruptionBudget)
        #expect(Self.copy(stage) == nil)
    }

    @Test func leavesObjectsOfOthersAlone() async throws {
        let stage = try Self.stage([
            Self.budget("podinfo", ["app": "podinfo"]), Self.budget("podinfo-primary", ["app": "redis"]),
        ])
        let words = "PodDisruptionBudget podinfo-primary.test is owned by nobody"
        #expect(try await stage.observation().disruptionBudget == .foreign(words))
    }
}
