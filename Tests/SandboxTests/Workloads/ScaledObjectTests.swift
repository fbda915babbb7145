import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ScaledObjectTests {
    private let scene = WorkloadScene()

    init() {
        scene.cluster.put(.deployments, workload(replicas: 3))
        scene.cluster.put(
            .scaledObjects,
            [
                "metadata": ["name": "podinfo", "namespace": "test"],
                "spec": ["scaleTargetRef": ["name": "podinfo"], "minReplicaCount": 2, "maxReplicaCount": 4],
            ]
        )
    }

    private var replicas: JSONValue? { scene.podinfo[path: "spec", "replicas"] }

    private func scale(_ count: JSONValue) -> JSONValue? {
        scene.set("replicas", count)
        scene.run(for: .seconds(1))
        return replicas
    }

    @Test func keepsTheNumberOfPodsBetweenItsBoundsFromZeroToo() {
        #expect(scale(3) == 3)
        #expect(scale(9) == 4)
        #expect(scale(1) == 2)
        #expect(scale(0) == 2)
    }

    @Test func keepsAPausedTargetWhereItIsToldTo() {
        scene.cluster.modify(.scaledObjects, test) { object in
            object[path: "metadata", "annotations"] = ["autoscaling.keda.sh/paused-replicas": "0"]
        }
        #expect(scale(3) == 0)
        let conditions = scene.cluster.object(.scaledObjects, test)?[path: "status", "conditions"]?.array ?? []
        #expect(conditions.contains { $0["type"] == "Paused" && $0["status"] == "True" })
    }

    @Test func saysThatItsTargetIsMissing() {
        scene.cluster.remove(.deployments, test)
        scene.run(for: .seconds(1))
        let condition = scene.cluster.object(.scaledObjects, test)?[path: "status", "conditions"]?[0]
        #expect(condition?["type"] == "Ready" && condition?["status"] == "False")
    }
}
