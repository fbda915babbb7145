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

/// Whole runs of targets that read ConfigMaps, and of targets that KEDA scales.
@Suite(.timeLimit(.minutes(1))) struct TrackedRunTests {
    private static func value(_ name: String, _ stage: ClusterStage) -> JSONValue? {
        stage.cluster.object(.configMaps, "test", name)?[path: "data", "key"]
    }

    /// A stage whose Canary is initialised; its target reads the ConfigMap `app`.
    private static func stage() async throws -> ClusterStage {
        let container: JSONValue = [
            "name": "podinfod", "image": "podinfo:1", "envFrom": [["configMapRef": ["name": "app"]]],
        ]
        let target = WorkloadExamples.workload("Deployment", ["containers": [container]])
        let config = WorkloadExamples.config("ConfigMap", "app", "1")
        let stage = try ClusterStage(
            canary: WorkloadExamples.canary("Deployment"),
            [(.deployments, target), (.configMaps, config)]
        )
        try await stage.run(until: .initialized)
        #expect(value("app-primary", stage) == "1")
        return stage
    }

    private static func change(_ stage: ClusterStage, to value: JSONValue = "2") {
        let key = ObjectKey(namespace: "test", name: "app")
        stage.cluster.modify(.configMaps, key) { $0[path: "data", "key"] = value }
    }

    @Test func promotesAChangeOfAConfigMapOnceItIsProven() async throws {
        let stage = try await Self.stage()
        Self.change(stage)
        try await stage.run { $0.canary[path: "status", "canaryWeight"] == 25 }
        #expect(Self.value("app-primary", stage) == "1")
        try await stage.run(until: .succeeded)
        #expect(Self.value("app-primary", stage) == "2")
    }

    private static let primaryKey = ObjectKey(namespace: "test", name: "podinfo-primary")

    private static func primaryTemplate(_ stage: ClusterStage) -> JSONValue {
        stage.cluster.object(.deployments, primaryKey)?.template ?? .null
    }

    /// The names of the primary's ReplicaSets that have pods.
    private static func sets(_ stage: ClusterStage) -> Set<String> {
        let sets = stage.cluster.objects(.replicaSets).filter { $0.name.hasPrefix("podinfo-primary-") }
        return Set(sets.filter { $0.replicas > 0 }.map(\.name))
    }

    /// Pods read variables, and most programs their files, when they start and never again.
    @Test func makesThePrimarysPodsAnewForAChangeOfAConfigMapAlone() async throws {
        let stage = try await Self.stage()
        let (former, formerSets) = (Self.primaryTemplate(stage), Self.sets(stage))
        let promoted = stage.canary[path: "status", "lastPromotedSpec"]?.string ?? ""
        Self.change(stage)
        try await stage.run { Self.primaryTemplate($0) != former }
        #expect(stage.canary[path: "status", "phase"] == "Promoting")
        let content = PrimaryTemplate.withoutConfigs(Self.primaryTemplate(stage))
        #expect(content == PrimaryTemplate.withoutConfigs(former))
        // Taken back it has the template of before.
        try await stage.perform(.restorePrimary(revision: promoted))
        #expect(Self.primaryTemplate(stage) == former)
        #expect(Self.value("app-primary", stage) == "1")
        try await stage.run(until: .succeeded)
        #expect(Self.value("app-primary", stage) == "2")
        let revision = stage.canary[path: "status", "lastPromotedSpec"]?.string ?? ""
        #expect(PrimaryTemplate.configs(in: Self.primaryTemplate(stage)) == RevisionDigest.configs(of: revision))
        #expect(!Self.sets(stage).isEmpty && Self.sets(stage).isDisjoint(with: formerSets))
    }

    private static func set(_ tag: String, on stage: ClusterStage) {
        change(stage, to: .string(tag))
        stage.cluster.modify(.deployments, test) { target in
            target.changeElements(of: ["spec", "template", "spec", "containers"]) { container in
                container["image"] = .string("podinfo:\(tag)")
            }
        }
    }

    /// The team changes its mind after the data were copied and before the template was.
    @Test(arguments: ["1", "3"]) func takesDataBackWhosePromotionEnds(tag: String) async throws {
        let stage = try await Self.stage()
        Self.set("2", on: stage)
        try await stage.run { Self.value("app-primary", $0) == "2" }
        #expect(Self.primaryTemplate(stage).image == "podinfo:1")
        Self.set(tag, on: stage)
        try await stage.run { $0.canary[path: "status", "phase"] != "Promoting" }
        #expect(Self.value("app-primary", stage) == "1" && Self.primaryTemplate(stage).image == "podinfo:1")
        let message = "Set the ConfigMaps and Secrets of podinfo-primary.test back to the promoted revision "
        #expect(stage.outside.messages.count { $0.hasPrefix(message) } == 1)
        try await stage.run(until: tag == "1" ? .initialized : .succeeded)
        #expect(Self.value("app-primary", stage) == .string(tag))
        #expect(Self.primaryTemplate(stage).image == "podinfo:\(tag)")
    }

    /// Earlier builds wrote nothing into the template.
    @Test func leavesThePodsOfAPrimaryFromAnEarlierBuildAlone() async throws {
        let stage = try await Self.stage()
        stage.cluster.modify(.deployments, Self.primaryKey) { primary in
            primary[path: "spec", "template"] = PrimaryTemplate.withoutConfigs(primary.template)
        }
        let former = Self.primaryTemplate(stage)
        #expect(PrimaryTemplate.configs(in: former) == nil)
        var rounds = 0
        try await stage.run { _ in
            rounds += 1
            return rounds > 6
        }
        #expect(Self.primaryTemplate(stage) == former)
        #expect(stage.canary[path: "status", "phase"] == "Initialized")
        #expect(try await stage.observation().templateDifferences.isEmpty)
        stage.cluster.modify(.canaries, test) { $0[path: "status", "phase"] = "Promoting" }
        #expect(try await stage.observation().templateDifferences.isEmpty)
    }

    @Test func keepsAChangeOfAConfigMapThatFailsFromThePrimary() async throws {
        let stage = try await Self.stage()
        stage.outside.answers["request-success-rate"] = .value(50)
        Self.change(stage)
        try await stage.run(until: .failed)
        #expect(Self.value("app-primary", stage) == "1")
    }

    @Test func keepsTheTargetOfAScaledObjectWithoutPodsBetweenRuns() async throws {
        var canary = try WorkloadExamples.canary("Deployment")
        canary[path: "spec", "autoscalerRef"] = [
            "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "name": "podinfo",
        ]
        let scaler: JSONValue = [
            "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
            "metadata": ["name": "podinfo", "namespace": "test"],
            "spec": ["scaleTargetRef": ["name": "podinfo"], "minReplicaCount": 2, "maxReplicaCount": 5],
        ]
        let stage = try ClusterStage(
            canary: canary,
            [(.deployments, WorkloadExamples.workload("Deployment")), (.scaledObjects, scaler)]
        )
        try await stage.run(until: .initialized)
        stage.wait(.seconds(30))
        #expect(stage.cluster.object(.deployments, test)?.replicas == 0)
        stage.cluster.modify(.deployments, test) { target in
            target.changeElements(of: ["spec", "template", "spec", "containers"]) { $0["image"] = "podinfo:2" }
        }
        try await stage.run { $0.canary[path: "status", "canaryWeight"] == 25 }
        #expect(try await stage.observation().autoscaler?.isPaused == false)
        #expect(stage.cluster.object(.deployments, test)?.replicas == 2)
        try await stage.run(until: .succeeded)
        stage.wait(.seconds(30))
        #expect(stage.cluster.object(.deployments, test)?.replicas == 0)
        #expect(try await stage.observation().autoscaler?.isPaused == true)
    }
}
