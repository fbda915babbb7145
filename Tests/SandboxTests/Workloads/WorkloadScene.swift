import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport

/// A cluster with its workload controller, moved by hand.
struct WorkloadScene {
    let clock = ManualClock()
    let cluster: InMemoryCluster
    let controller: WorkloadController

    init(startup: Duration = .seconds(5), images: ImageBehaviours = ImageBehaviours(), podLimit: Int = 220) {
        cluster = InMemoryCluster(clock: clock)
        var settings = WorkloadSettings(startupTime: startup, images: images)
        settings.podLimit = podLimit
        controller = WorkloadController(cluster: cluster, clock: clock, settings: settings)
    }

    /// Lets `duration` pass, reconciling whenever the controller wants to; `look` is called after each time.
    func run(for duration: Duration, look: () -> Void = {}) {
        let end = clock.now() + duration
        while let wake = controller.reconcile(), wake <= end {
            look()
            clock.advance(by: wake - clock.now())
        }
        clock.advance(by: end - clock.now())
        controller.reconcile()
        look()
    }

    /// The Deployment that most tests are about.
    var podinfo: JSONValue { cluster.object(.deployments, test) ?? .null }

    /// The status of the Deployment.
    var status: JSONValue { podinfo["status"] ?? .null }

    /// The Deployment's condition of that type.
    func condition(_ type: String) -> JSONValue? {
        status["conditions"]?.array?.first { $0["type"]?.string == type }
    }

    /// The ReplicaSets' sizes by image.
    var sizes: [String: Int] {
        var sizes: [String: Int] = [:]
        for set in cluster.objects(.replicaSets) {
            let image = set[path: "spec", "template", "spec", "containers"]?[0]?["image"]?.string ?? ""
            sizes[image] = set[path: "spec", "replicas"]?.int
        }
        return sizes
    }

    /// The images of the pods, sorted.
    var podImages: [String] {
        cluster.objects(.pods).map { $0[path: "spec", "containers"]?[0]?["image"]?.string ?? "" }.sorted()
    }

    /// Gives the Deployment another image.
    func setImage(_ image: String) {
        cluster.modify(.deployments, test) { object in
            object[path: "spec", "template", "spec", "containers"] = [["name": "podinfod", "image": .string(image)]]
        }
    }

    /// Sets a field of the Deployment's spec.
    func set(_ field: String, _ value: JSONValue) {
        cluster.modify(.deployments, test) { $0[path: "spec", field] = value }
    }
}

/// A Deployment whose pods carry its label, with more fields of the spec.
func workload(
    _ name: String = "podinfo",
    replicas: Int = 2,
    image: String = "podinfo:1",
    _ fields: JSONValue = [:]
) -> JSONValue {
    var object = deployment(name, replicas: replicas, image: image)
    object[path: "spec", "template", "metadata", "labels", "app"] = .string(name)
    for field in fields.object ?? JSONObject() { object[path: "spec", field.key] = field.value }
    return object
}

/// A Service on port 80 that selects the pods labelled `app`.
func service(_ name: String, app: String, targetPort: JSONValue = 9898) -> JSONValue {
    [
        "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name), "namespace": "test"],
        "spec": [
            "selector": ["app": .string(app)], "ports": [["name": "http", "port": 80, "targetPort": targetPort]],
        ],
    ]
}
