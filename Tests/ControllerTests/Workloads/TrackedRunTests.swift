import FlaggerAPI
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

    private static func change(_ stage: ClusterStage) {
        let key = ObjectKey(namespace: "test", name: "app")
        stage.cluster.modify(.configMaps, key) { $0[path: "data", "key"] = "2" }
    }

    @Test func promotesAChangeOfAConfigMapOnceItIsProven() async throws {
        let stage = try await Self.stage()
        Self.change(stage)
        try await stage.run { $0.canary[path: "status", "canaryWeight"] == 25 }
        #expect(Self.value("app-primary", stage) == "1")
        try await stage.run(until: .succeeded)
        #expect(Self.value("app-primary", stage) == "2")
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
