import Kubernetes

/// Something for the workload controller to look at.
enum WorkloadItem: Hashable, Comparable, Sendable {
    case autoscaler(ObjectKey)
    case scaledObject(ObjectKey)
    case deployment(ObjectKey)
    case pod(ObjectKey)
    case set(ObjectKey)
    case daemonSet(ObjectKey)
    case budget(ObjectKey)
    case service(ObjectKey)
    case slice(ObjectKey)

    /// Where it is.
    private var key: ObjectKey {
        switch self {
        case .autoscaler(let key), .scaledObject(let key), .deployment(let key), .pod(let key), .set(let key),
            .daemonSet(let key), .budget(let key), .service(let key), .slice(let key):
            key
        }
    }

    /// By namespace and name; what is of two kinds is never compared by anything that matters.
    static func < (left: WorkloadItem, right: WorkloadItem) -> Bool {
        (left.key.namespace ?? "", left.key.name) < (right.key.namespace ?? "", right.key.name)
    }
}
