import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AutoscalerTests {
    private let scene = WorkloadScene()
    private var cluster: InMemoryCluster { scene.cluster }

    private func putAutoscaler(target: String = "podinfo") {
        cluster.put(
            .autoscalers,
            [
                "metadata": ["name": "podinfo", "namespace": "test"],
                "spec": [
                    "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": .string(target)],
                    "minReplicas": 2, "maxReplicas": 4,
                    "metrics": [
                        [
                            "type": "Resource",
                            "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 99]],
                        ]
                    ],
                ],
            ]
        )
    }

    private var status: JSONValue? { cluster.object(.autoscalers, test)?["status"] }

    private func condition(_ type: String) -> JSONValue? {
        status?["conditions"]?.array?.first { $0["type"]?.string == type }
    }

    @Test(arguments: [(1, 2), (3, 3), (9, 4)])
    func bringsTheTargetIntoItsRange(replicas: Int, expected: Int) {
        putAutoscaler()
        cluster.put(.deployments, workload(replicas: replicas))
        scene.run(for: .seconds(10))
        #expect(scene.podinfo[path: "spec", "replicas"]?.int == expected)
        #expect(status?["currentReplicas"]?.int == expected && status?["desiredReplicas"]?.int == expected)
        #expect(condition("ScalingActive")?["status"] == "True")
        let metric = status?["currentMetrics"]?[0]
        #expect(metric?[path: "resource", "current", "averageUtilization"] == 49)
    }

    @Test func leavesATargetAtZeroAlone() {
        putAutoscaler()
        cluster.put(.deployments, workload(replicas: 0))
        scene.run(for: .seconds(10))
        #expect(scene.podinfo[path: "spec", "replicas"] == 0)
        #expect(condition("ScalingActive")?["reason"] == "ScalingDisabled")
        scene.set("replicas", 1)
        scene.run(for: .seconds(10))
        #expect(scene.podinfo[path: "spec", "replicas"] == 2)
        #expect(condition("ScalingActive")?["reason"] == "ValidMetricFound")
    }

    @Test func saysThatItsTargetIsMissing() {
        putAutoscaler(target: "other")
        scene.controller.reconcile()
        #expect(condition("AbleToScale")?["reason"] == "FailedGetScale")
    }
}
