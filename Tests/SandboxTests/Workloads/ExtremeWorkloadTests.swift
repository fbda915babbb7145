import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// What a client can write that no field of the real server would hold.
@Suite(.timeLimit(.minutes(1))) struct ExtremeWorkloadTests {
    private let scene = WorkloadScene(podLimit: 12)
    private static let most = JSONValue.number(JSONNumber(Int.max))
    private static let least = JSONValue.number(JSONNumber(Int.min))

    @Test(arguments: [
        "replicas", "minReadySeconds", "progressDeadlineSeconds", "revisionHistoryLimit",
    ])
    func survivesNumbersOutOfRange(field: String) {
        for number in [Self.most, Self.least] {
            scene.cluster.put(.deployments, workload())
            scene.set(field, number)
            scene.run(for: .seconds(10))
        }
        #expect(scene.cluster.objects(.pods).count <= 12)
    }

    @Test func survivesAStrategyOutOfRange() {
        scene.cluster.put(.deployments, workload())
        scene.set("strategy", ["rollingUpdate": ["maxSurge": Self.most, "maxUnavailable": Self.most]])
        scene.run(for: .seconds(20))
        scene.setImage("podinfo:2")
        scene.run(for: .seconds(20))
        #expect(scene.podImages == ["podinfo:2", "podinfo:2"])
    }

    @Test func survivesAStatusThatSomebodyMadeUp() {
        scene.cluster.put(.deployments, workload())
        scene.run(for: .seconds(20))
        for set in scene.cluster.objects(.replicaSets) {
            scene.cluster.modify(.replicaSets, set.key) { set in
                let revision = "deployment.kubernetes.io/revision"
                set[path: "metadata", "annotations", revision] = .string(String(Int.max))
                set[path: "status", "replicas"] = Self.most
            }
        }
        scene.cluster.modify(.deployments, test) { object in
            object["status"] = ["replicas": Self.least, "updatedReplicas": Self.most]
        }
        scene.setImage("podinfo:2")
        scene.run(for: .seconds(60))
        #expect(scene.podImages == ["podinfo:2", "podinfo:2"])
    }

    @Test func makesNoMorePodsThanTheNodesHold() {
        scene.cluster.put(.deployments, workload(replicas: 8))
        scene.cluster.put(.deployments, workload("other", replicas: 8))
        scene.run(for: .seconds(20))
        #expect(scene.cluster.objects(.pods).count == 12)
        scene.set("replicas", 1)
        scene.run(for: .seconds(20))
        #expect(scene.cluster.objects(.pods).count == 9)
    }

    @Test func doesNotGrowOverManyRollouts() {
        let cluster = InMemoryCluster(clock: scene.clock, eventLifetime: .seconds(3_600))
        let settings = WorkloadSettings(startupTime: .zero)
        let controller = WorkloadController(cluster: cluster, clock: scene.clock, settings: settings)
        var counts: [Int] = []
        for number in 0..<10 {
            cluster.put(.deployments, workload(image: "podinfo:\(number)", ["revisionHistoryLimit": 2]))
            controller.reconcile()
            scene.clock.advance(by: .seconds(600))
            let types: [ResourceType] = [.events, .replicaSets, .pods]
            counts.append(types.reduce(0) { $0 + cluster.objects($1).count })
        }
        #expect(counts[9] <= counts[7])
        #expect(cluster.objects(.replicaSets).count == 3)
    }
}
