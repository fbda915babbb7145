import JSON
import Kubernetes

/// A ready pod, as far as its answers and who counts them are concerned.
struct ServingPod: Hashable, Sendable {
    /// The pod.
    let key: ObjectKey
    /// The Deployment or DaemonSet that it belongs to; empty for none.
    let workload: String
    /// Its template's hash as its workload labels it; empty for none.
    let revision: String
    /// Its images.
    let images: [String]
    /// How it answers.
    let behaviour: ImageBehaviour
    /// Whether Prometheus asks it.
    let isScraped: Bool

    init(_ pod: PodState, behaviour: ImageBehaviour, isScraped: Bool) {
        let object = pod.object
        let labels = object[path: "metadata", "labels"]
        let owner = object[path: "metadata", "ownerReferences"]?[0]?["name"]?.string ?? ""
        let hash = labels?["pod-template-hash"]?.string
        key = object.key
        revision = hash ?? labels?["controller-revision-hash"]?.string ?? ""
        workload = hash.map { owner.hasSuffix("-\($0)") ? String(owner.dropLast($0.count + 1)) : owner } ?? owner
        images = pod.images
        self.behaviour = behaviour
        self.isScraped = isScraped
    }
}
