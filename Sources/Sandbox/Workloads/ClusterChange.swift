import JSON
import Kubernetes

/// A write that a simulated controller wants done.
///
/// The pure part of a controller gives these out; `InMemoryCluster.apply` does them. A write that changes nothing
/// leaves the object and its resource version alone.
enum ClusterChange: Hashable, Sendable {
    /// Stores the object, new or in place of the one of its name.
    case put(ResourceType, JSONValue)
    /// Merges what is given (RFC 7386) into the object, if it is still there.
    case merge(ResourceType, ObjectKey, JSONValue)
    /// Sets `spec.replicas` of a Deployment from one number to another, if nobody else changed it meanwhile.
    case scale(ObjectKey, from: Int, to: Int)
    /// Removes the object and what it owns.
    case remove(ResourceType, ObjectKey)
}

extension InMemoryCluster {
    /// Does `change` behind the API's back, as the sandbox's own controllers do.
    func apply(_ change: ClusterChange) {
        switch change {
        case .put(let type, let object):
            put(type, object)
        case .merge(let type, let key, let patch):
            modify(type, key) { $0 = $0.merging(patch) }
        case .scale(let key, let old, let new):
            modify(.deployments, key) { object in
                guard object[path: "spec", "replicas"]?.tally ?? 1 == old else { return }
                object[path: "spec", "replicas"] = .number(JSONNumber(new))
            }
        case .remove(let type, let key):
            remove(type, key)
        }
    }
}
