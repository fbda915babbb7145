package import JSON

/// An object's place within its kind.
package struct ObjectKey: Hashable, Sendable, CustomStringConvertible {
    /// The namespace; nil for a kind without.
    package let namespace: String?
    /// The name.
    package let name: String

    package init(namespace: String?, name: String) {
        self.namespace = namespace
        self.name = name
    }

    /// `test/podinfo`, or `podinfo` without a namespace.
    package var description: String { namespace.map { "\($0)/\(name)" } ?? name }
}

/// What every Kubernetes object carries, read off the tree.
extension JSONValue {
    /// `metadata.name`, empty when missing.
    package var name: String { self[path: "metadata", "name"]?.string ?? "" }

    /// `metadata.namespace`.
    package var namespace: String? { self[path: "metadata", "namespace"]?.string }

    /// The object's place within its kind.
    package var key: ObjectKey { ObjectKey(namespace: namespace, name: name) }

    /// `metadata.uid`, empty when missing.
    package var uid: String { self[path: "metadata", "uid"]?.string ?? "" }

    /// `metadata.resourceVersion`, empty when missing.
    package var resourceVersion: String { self[path: "metadata", "resourceVersion"]?.string ?? "" }

    /// `metadata.generation`, 0 when missing.
    package var generation: Int { self[path: "metadata", "generation"]?.int ?? 0 }

    /// The annotation `name`.
    package func annotation(_ name: String) -> String? { self[path: "metadata", "annotations", name]?.string }

    /// The label `name`.
    package func label(_ name: String) -> String? { self[path: "metadata", "labels", name]?.string }
}
