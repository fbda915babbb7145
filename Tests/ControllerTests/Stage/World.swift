import JSON
import Kubernetes

/// What runs on the cluster: the pods of its Deployments, and the weights that Contour routes by.
struct World: Sendable {
    /// A Deployment's pods.
    struct Pods: Sendable {
        /// Their template.
        var template: JSONValue
        /// How many.
        var count: Int
        /// Whether the gate was open for the template when they were made.
        var isAdmitted: Bool
        /// How many more looks of their controller until they are available.
        var wait: Int
        /// Those that are available.
        var available = 0
    }

    /// The pods by Deployment.
    var pods: [ObjectKey: Pods] = [:]
    /// The canary's share by which traffic goes, or of those requests of which it gets most.
    var canaryWeight = 0
    /// How many looks of their controller it takes until new pods are available.
    var slowness = 0
    /// Images whose pods never are.
    var brokenImages: Set<String> = []
    /// Images whose pods never are where they are the primary's.
    var brokenPrimaryImages: Set<String> = []
    /// Revisions that have been proven.
    var proven: Set<String> = []
    /// Images of what has been proven.
    var provenImages: Set<String> = []
    /// The failed checks that were seen last.
    var failedChecks = 0
    /// What the revision under analysis answered when it was looked at last.
    var exposure = Exposure()
    /// Whether Contour works.
    var hasContour = true
    /// What must not be and was.
    var faults: [String] = []
}

extension JSONValue {
    /// The first container's image of a pod template.
    var image: String { self[path: "spec", "containers"]?[0]?["image"]?.string ?? "" }

    /// The pod template of a Deployment.
    var template: JSONValue { self[path: "spec", "template"] ?? .null }

    /// `spec.replicas`.
    var replicas: Int { self[path: "spec", "replicas"]?.int ?? 1 }

    /// The weights of the first route's services, in order.
    var weights: [Int] {
        (self[path: "spec", "routes"]?[0]?["services"]?.array ?? []).map { $0["weight"]?.int ?? 0 }
    }

    /// The first route's first service.
    var firstService: String { self[path: "spec", "routes"]?[0]?["services"]?[0]?["name"]?.string ?? "" }
}
