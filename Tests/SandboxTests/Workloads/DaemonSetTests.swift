import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DaemonSetTests {
    private let scene = WorkloadScene()
    private static let nodes = ResourceType(
        group: "",
        version: "v1",
        plural: "nodes",
        kind: "Node",
        isNamespaced: false
    )
    private static let revisions = ResourceType(
        group: "apps",
        version: "v1",
        plural: "controllerrevisions",
        kind: "ControllerRevision"
    )
    private let key = ObjectKey(namespace: "test", name: "agent")

    init() {
        for name in ["a", "b"] { scene.cluster.put(Self.nodes, ["metadata": ["name": .string(name)]]) }
        scene.cluster.put(
            .daemonSets,
            [
                "metadata": ["name": "agent", "namespace": "test"],
                "spec": [
                    "selector": ["matchLabels": ["app": "agent"]],
                    "template": [
                        "metadata": ["labels": ["app": "agent"]],
                        "spec": ["containers": [["name": "agent", "image": "agent:1"]]],
                    ],
                ],
            ]
        )
    }

    private var status: JSONValue { scene.cluster.object(.daemonSets, key)?["status"] ?? .null }

    private func setImage(_ image: String) {
        scene.cluster.modify(.daemonSets, key) { object in
            object[path: "spec", "template", "spec", "containers"] = [["name": "agent", "image": .string(image)]]
        }
    }

    @Test func runsAPodOnEachNode() {
        scene.run(for: .seconds(10))
        let pods = scene.cluster.objects(.pods)
        #expect(Set(pods.compactMap { $0[path: "spec", "nodeName"]?.string }) == ["a", "b"])
        #expect(pods.count == 2)
        #expect(status["desiredNumberScheduled"] == 2 && status["numberReady"] == 2)
        #expect(status["updatedNumberScheduled"] == 2 && status["numberUnavailable"] == nil)
    }

    @Test func replacesOnePodAfterTheOther() {
        scene.run(for: .seconds(10))
        setImage("agent:2")
        var least = 2
        scene.run(for: .seconds(30)) { least = min(least, status["numberReady"]?.int ?? 0) }
        #expect(scene.podImages == ["agent:2", "agent:2"])
        #expect(least == 1)
        #expect(status["numberReady"] == 2)
    }

    @Test func writesARevisionForEachTemplate() {
        scene.run(for: .seconds(10))
        setImage("agent:2")
        scene.run(for: .seconds(30))
        setImage("agent:1")
        scene.run(for: .seconds(30))
        let revisions = scene.cluster.objects(Self.revisions)
        // The template that came back is the last revision.
        #expect(revisions.compactMap { $0["revision"]?.int }.sorted() == [2, 3])
        let last = revisions.first { $0["revision"] == 3 }
        #expect(last?[path: "data", "spec", "template", "spec", "containers"]?[0]?["image"] == "agent:1")
    }

    @Test func comesToANewNode() {
        scene.run(for: .seconds(10))
        scene.cluster.put(Self.nodes, ["metadata": ["name": "c"]])
        scene.run(for: .seconds(10))
        #expect(status["numberReady"] == 3)
    }

    @Test func runsPodsOnTheNodesThatItsSelectorMeans() {
        scene.cluster.modify(Self.nodes, ObjectKey(namespace: nil, name: "b")) {
            $0[path: "metadata", "labels"] = ["disk": "ssd"]
        }
        scene.cluster.modify(.daemonSets, key) {
            $0[path: "spec", "template", "spec", "nodeSelector"] = ["disk": "ssd"]
        }
        scene.run(for: .seconds(10))
        #expect(scene.cluster.objects(.pods).compactMap { $0[path: "spec", "nodeName"]?.string } == ["b"])
        #expect(status["desiredNumberScheduled"] == 1 && status["numberReady"] == 1)
    }

    @Test func takesItsPodsAwayWhenNoNodeIsMeant() {
        scene.run(for: .seconds(10))
        scene.cluster.modify(.daemonSets, key) { set in
            set[path: "spec", "template", "spec", "nodeSelector"] = ["flagger.app/scale-to-zero": "true"]
        }
        scene.run(for: .seconds(1))
        #expect(scene.cluster.objects(.pods).isEmpty)
        #expect(status["desiredNumberScheduled"] == 0 && status["currentNumberScheduled"] == 0)
    }
}

@Suite(.timeLimit(.minutes(1))) struct BudgetTests {
    private let scene = WorkloadScene()

    private func allowed(_ budget: JSONValue) -> JSONValue? {
        var spec = budget
        spec["selector"] = ["matchLabels": ["app": "podinfo"]]
        scene.cluster.put(.podDisruptionBudgets, ["metadata": ["name": "b", "namespace": "test"], "spec": spec])
        var object = podinfo()
        object[path: "spec", "replicas"] = 4
        scene.cluster.put(.deployments, object)
        scene.run(for: .seconds(10))
        return scene.cluster.object(.podDisruptionBudgets, "test", "b")?[path: "status", "disruptionsAllowed"]
    }

    @Test(
        arguments: [
            ("minAvailable", 3 as JSONValue, 1), ("maxUnavailable", 3, 3), ("minAvailable", "50%", 2),
            ("maxUnavailable", "30%", 2), ("minAvailable", 9, 0),
        ]
    )
    func allowsWhatItsPodsLeave(field: String, value: JSONValue, count: Int) {
        #expect(allowed([field: value])?.int == count)
    }
}
