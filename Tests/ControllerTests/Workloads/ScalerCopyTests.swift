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

/// The primary's autoscaler, of both kinds.
@Suite(.timeLimit(.minutes(1))) struct ScalerCopyTests {
    private static let key = ObjectKey(namespace: "test", name: "podinfo-primary")

    private static func scaledObject(_ spec: JSONValue = [:]) -> JSONValue {
        var object: JSONValue = [
            "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
            "metadata": [
                "name": "podinfo", "namespace": "test", "annotations": ["autoscaling.keda.sh/paused": "true"],
            ],
            "spec": [
                "scaleTargetRef": ["name": "podinfo"], "minReplicaCount": 2, "maxReplicaCount": 5, "pollingInterval": 7,
                "triggers": [
                    [
                        "type": "prometheus", "name": "rate",
                        "metadata": ["query": "sum(rate(http_requests{app=\"podinfo\"}[1m]))", "threshold": "5"],
                    ]
                ],
            ],
        ]
        for member in spec.object ?? JSONObject() { object[path: "spec", member.key] = member.value }
        return object
    }

    private static func canary(_ scaler: JSONValue = [:]) throws -> JSONValue {
        var canary = try WorkloadExamples.canary("Deployment")
        canary[path: "spec", "autoscalerRef"] = [
            "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "name": "podinfo",
        ]
        for member in scaler.object ?? JSONObject() {
            canary[path: "spec", "autoscalerRef", member.key] = member.value
        }
        return canary
    }

    private static func stage(_ canary: JSONValue, _ object: JSONValue) throws -> ClusterStage {
        let target = WorkloadExamples.workload("Deployment")
        return try ClusterStage(canary: canary, [(.deployments, target), (.scaledObjects, object)])
    }

    @Test func copiesAScaledObjectWithoutItsPause() async throws {
        let extras: JSONValue = [
            "advanced": ["horizontalPodAutoscalerConfig": ["name": "podinfo-hpa", "behavior": ["scaleDown": [:]]]],
            "fallback": ["failureThreshold": 3, "replicas": 6], "fieldOfNextYear": 1,
        ]
        let stage = try Self.stage(Self.canary(), Self.scaledObject(extras))
        #expect(try await stage.observation().autoscaler?.copy == .missing)
        try await stage.perform(.applyAutoscaler)
        let copy = try #require(stage.cluster.object(.scaledObjects, Self.key))
        #expect(copy[path: "metadata", "annotations"] == nil)
        var expected = Self.scaledObject(extras)["spec"] ?? .null
        expected[path: "scaleTargetRef", "name"] = "podinfo-primary"
        expected[path: "advanced", "horizontalPodAutoscalerConfig", "name"] = "podinfo-hpa-primary"
        expected.changeElements(of: ["triggers"]) { trigger in
            trigger[path: "metadata", "query"] = "sum(rate(http_requests{app=\"podinfo-primary\"}[1m]))"
        }
        #expect(copy["spec"] == expected)
        #expect(try await stage.observation().autoscaler?.copy == .current)
    }

    @Test func takesTheQueriesAndNumbersThatTheCanaryGives() async throws {
        let canary = try Self.canary([
            "primaryScalerQueries": ["rate": "up"], "primaryScalerReplicas": ["minReplicas": 3, "maxReplicas": 9],
        ])
        let stage = try Self.stage(canary, Self.scaledObject())
        try await stage.perform(.applyAutoscaler)
        let spec = stage.cluster.object(.scaledObjects, Self.key)?["spec"]
        #expect(spec?["minReplicaCount"] == 3 && spec?["maxReplicaCount"] == 9)
        #expect(spec?["triggers"]?[0]?[path: "metadata", "query"] == "up")
    }

    @Test func bringsACopyUpToDate() async throws {
        let stage = try Self.stage(Self.canary(), Self.scaledObject())
        try await stage.perform(.applyAutoscaler)
        stage.cluster.modify(.scaledObjects, test) { $0[path: "spec", "maxReplicaCount"] = 8 }
        #expect(try await stage.observation().autoscaler?.copy == .differs)
        try await stage.perform(.applyAutoscaler)
        #expect(stage.cluster.object(.scaledObjects, Self.key)?[path: "spec", "maxReplicaCount"] == 8)
    }

    @Test(arguments: [
        ("podinfo", "podinfo-primary"), ("podinfo-canary", "podinfo-primary"),
        ("podinfo-primary", "podinfo-primary"), ("mypodinfo podinfos my-podinfo", "mypodinfo podinfos my-podinfo"),
        ("pod=~\"podinfo-.*\"", "pod=~\"podinfo-primary-.*\""),
        ("podinfo_rate{a=\"podinfo\"}", "podinfo_rate{a=\"podinfo-primary\"}"),
        ("podinfo+podinfo", "podinfo-primary+podinfo-primary"), ("", ""),
    ])
    func aimsQueriesAtThePrimary(query: String, aimed: String) throws {
        #expect(PrimaryScaledObject.aimed(at: try Canary(Self.canary()), query) == aimed)
    }

    @Test func keepsAPausedScaledObjectFromMakingPods() async throws {
        var object = Self.scaledObject()
        object[path: "metadata", "annotations"] = nil
        let stage = try Self.stage(Self.canary(), object)
        #expect(try await stage.observation().autoscaler?.isPaused == false)
        try await stage.perform(.pauseAutoscaler(true))
        #expect(try await stage.observation().autoscaler?.isPaused == true)
        stage.settle()
        #expect(stage.cluster.object(.deployments, test)?.replicas == 0)
        try await stage.perform(.pauseAutoscaler(false))
        #expect(try await stage.observation().autoscaler?.isPaused == false)
        stage.settle()
        #expect(stage.cluster.object(.deployments, test)?.replicas == 2)
    }

    @Test func needsNoPauseOfAHorizontalPodAutoscaler() async throws {
        let target = WorkloadExamples.workload("Deployment")
        let scaler = try Examples.object("autoscaler")
        let stage = try ClusterStage([(.deployments, target), (.autoscalers, scaler)])
        let before = stage.cluster.resourceVersion
        #expect(try await stage.observation().autoscaler?.isPaused == nil)
        try await stage.perform(.pauseAutoscaler(true))
        #expect(stage.cluster.resourceVersion == before)
    }

    @Test func takesTheOldCopyAwayWhenTheCanaryNamesAnother() async throws {
        let target = WorkloadExamples.workload("Deployment")
        var (old, new) = (try Examples.object("autoscaler"), try Examples.object("autoscaler"))
        old[path: "metadata", "name"] = "podinfo"
        new[path: "metadata", "name"] = "podinfo2"
        var canary = try WorkloadExamples.canary("Deployment")
        canary[path: "spec", "autoscalerRef"] = [
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "podinfo",
        ]
        let stage = try ClusterStage(
            canary: canary,
            [(.deployments, target), (.autoscalers, old), (.autoscalers, new)]
        )
        try await stage.run(until: .initialized)
        #expect(stage.cluster.object(.autoscalers, Self.key) != nil)
        stage.cluster.modify(.canaries, test) { $0[path: "spec", "autoscalerRef", "name"] = "podinfo2" }
        let newKey = ObjectKey(namespace: "test", name: "podinfo2-primary")
        try await stage.run { stage in
            stage.cluster.object(.autoscalers, Self.key) == nil && stage.cluster.object(.autoscalers, newKey) != nil
        }
        stage.cluster.modify(.canaries, test) { $0[path: "spec", "autoscalerRef"] = nil }
        try await stage.run { $0.cluster.object(.autoscalers, newKey) == nil }
        // The team's own stay.
        #expect(stage.cluster.object(.autoscalers, test) != nil)
    }

    @Test func leavesTheCopyAsItIsBehindABrokenGlass() async throws {
        let scaler = try Examples.object("autoscaler")
        let stage = try ClusterStage([(.deployments, WorkloadExamples.workload("Deployment")), (.autoscalers, scaler)])
        try await stage.perform(.applyAutoscaler)
        stage.cluster.modify(.autoscalers, Self.key) { $0[path: "spec", "maxReplicas"] = 9 }
        #expect(try await stage.observation().autoscaler?.copy == .differs)
        stage.cluster.modify(.autoscalers, Self.key) { copy in
            copy[path: "metadata", "annotations", GateAnnotations.breakGlass] = "incident 7"
        }
        #expect(try await stage.observation().autoscaler?.copy == .current)
    }

    @Test func doesWithoutAKindThatMayNotBeListed() async throws {
        let stage = try ClusterStage([(.deployments, WorkloadExamples.workload("Deployment"))])
        let canary = try Canary(stage.canary)
        let api = Forbidding(inner: stage.cluster, type: .scaledObjects)
        let snapshot = try await Snapshot.read(canary, from: api, CopySettings(), at: stage.clock.now())
        #expect(snapshot.strayAutoscalers.isEmpty)
        let other = Forbidding(inner: stage.cluster, type: .services)
        await #expect(throws: KubernetesError.self) {
            try await Snapshot.read(canary, from: other, CopySettings(), at: stage.clock.now())
        }
    }

    /// An API that lets nobody at objects of one kind.
    private struct Forbidding: InterceptedAPI {
        let inner: any KubernetesAPI
        let type: ResourceType

        func pass<Answer: Sendable>(
            _ call: KubernetesCall,
            _ make: @escaping @Sendable () async throws(KubernetesError) -> Answer
        ) async throws(KubernetesError) -> Answer {
            guard call.type != type else {
                throw KubernetesError(
                    operation: call.description,
                    code: 403,
                    reason: "Forbidden",
                    message: "\(type.plural) are forbidden"
                )
            }
            return try await make()
        }
    }

    @Test func measuresThePrimaryWhereTheTargetWasMeasured() async throws {
        var scaler = try Examples.object("autoscaler")
        let measured: JSONValue = [
            "metric": ["name": "backlog"],
            "describedObject": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"],
        ]
        scaler[path: "spec", "metrics"] = [["type": "Object", "object": measured]]
        let target = WorkloadExamples.workload("Deployment")
        let stage = try ClusterStage([(.deployments, target), (.autoscalers, scaler)])
        try await stage.perform(.applyAutoscaler)
        let spec = stage.cluster.object(.autoscalers, Self.key)?["spec"]
        #expect(spec?["metrics"]?[0]?[path: "object", "describedObject", "name"] == "podinfo-primary")
    }
}
