package import JSON
package import Kubernetes

/// What the loop reads of the cluster without asking it: a picture that is a moment old.
package protocol ObjectCache: Sendable {
    /// What is known of the object at `key`.
    func look(at key: ObjectKey, _ type: ResourceType) -> CachedObject

    /// All objects of `type` in `namespace`, or everywhere when that is nil, in no order; nil where not all are known.
    func all(_ type: ResourceType, namespace: String?) -> [JSONValue]?

    /// Whether the API server knows the kind, as of its last answer.
    func availability(of type: ResourceType) -> KindAvailability
}
