package import JSON
package import Kubernetes

/// An immutable picture of the cluster's objects, taken from the informers' caches and swapped whole.
package struct ClusterView: Sendable {
    private var objects: [ResourceType: [ObjectKey: JSONValue]]

    /// A picture of `objects`.
    package init(_ objects: [ResourceType: [ObjectKey: JSONValue]] = [:]) { self.objects = objects }

    /// The object at `key`, or nil when it is not there, or its kind is not watched.
    package func object(_ type: ResourceType, _ key: ObjectKey) -> JSONValue? { objects[type]?[key] }

    /// The objects of `type` in `namespace`, or everywhere when that is nil, in no order.
    package func objects(_ type: ResourceType, namespace: String? = nil) -> [JSONValue] {
        guard let all = objects[type] else { return [] }
        guard let namespace else { return Array(all.values) }
        return all.filter { $0.key.namespace == namespace }.map(\.value)
    }

    /// Puts `object` into the picture in place of what was at its key.
    package mutating func set(_ type: ResourceType, _ object: JSONValue) {
        objects[type, default: [:]][object.key] = object
    }

    /// Takes what is at `key` out of the picture.
    package mutating func remove(_ type: ResourceType, _ key: ObjectKey) { objects[type]?[key] = nil }
}
