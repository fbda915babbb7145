import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct StuckDeploymentTests {
    private let scene: WorkloadScene

    init() throws { scene = WorkloadScene(images: try ImageBehaviours(parsing: ["podinfo:bad=never"])) }

    @Test func passesTheDeadlineWhenAnImageNeverStarts() {
        scene.cluster.put(.deployments, workload(image: "podinfo:bad", ["progressDeadlineSeconds": 60]))
        scene.run(for: .seconds(59))
        #expect(scene.condition("Progressing")?["reason"] == "ReplicaSetUpdated")
        scene.run(for: .seconds(1))
        let condition = scene.condition("Progressing")
        #expect(condition?["reason"] == "ProgressDeadlineExceeded" && condition?["status"] == "False")
        #expect(condition?["lastUpdateTime"] == "2026-11-25T04:01:00Z")
        #expect(scene.condition("Available")?["lastUpdateTime"] == "2026-11-25T04:00:00Z")
        let pod = scene.cluster.objects(.pods).first
        #expect(pod?[path: "status", "phase"] == "Pending")
        let state = pod?[path: "status", "containerStatuses"]?[0]?["state"]
        #expect(state?[path: "waiting", "reason"] == "ImagePullBackOff")
    }

    @Test func keepsOldPodsWhileNewOnesDoNotStart() {
        scene.cluster.put(
            .deployments,
            workload(["strategy": ["rollingUpdate": ["maxUnavailable": 1]], "progressDeadlineSeconds": 60])
        )
        scene.run(for: .seconds(10))
        scene.setImage("podinfo:bad")
        scene.run(for: .minutes(5))
        #expect(scene.sizes == ["podinfo:1": 1, "podinfo:bad": 2])
        #expect(scene.status["availableReplicas"] == 1)
        #expect(scene.condition("Progressing")?["reason"] == "ProgressDeadlineExceeded")
        scene.setImage("podinfo:1")
        scene.run(for: .minutes(1))
        #expect(scene.podImages == ["podinfo:1", "podinfo:1"])
        #expect(scene.condition("Progressing")?["reason"] == "NewReplicaSetAvailable")
    }

    private func workload(_ fields: JSONValue) -> JSONValue { SandboxTests.workload(replicas: 2, fields) }
    private func workload(image: String, _ fields: JSONValue) -> JSONValue {
        SandboxTests.workload(image: image, fields)
    }
}
