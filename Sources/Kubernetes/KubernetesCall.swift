/// A call to an API server, before it is made.
package struct KubernetesCall: Hashable, Sendable, CustomStringConvertible {
    /// What is done.
    package enum Verb: String, Hashable, Sendable, CaseIterable {
        case get, list, create, update, patch, delete, watch

        /// Whether it leaves the cluster as it is.
        package var isRead: Bool { [.get, .list, .watch].contains(self) }
    }

    /// What is done.
    package let verb: Verb
    /// The kind to whose objects it is done.
    package let type: ResourceType
    /// The object; nil where it is a collection.
    package let key: ObjectKey?
    /// The collection's namespace; nil for all of them, and where it is an object.
    package let namespace: String?
    /// The part of the object, `status` for one; nil for the object itself.
    package let subresource: String?

    /// A call about the object at `key`, or about its `subresource`.
    package init(_ verb: Verb, _ type: ResourceType, _ key: ObjectKey, subresource: String? = nil) {
        self.verb = verb
        self.type = type
        self.key = key
        self.subresource = subresource
        namespace = nil
    }

    /// A call about all objects of `type`, in `namespace` or everywhere when that is nil.
    package init(_ verb: Verb, _ type: ResourceType, namespace: String?) {
        self.verb = verb
        self.type = type
        self.namespace = namespace
        key = nil
        subresource = nil
    }

    /// As errors name it: `patch canaries.flagger.app/status test/podinfo`, `list deployments.apps in test`.
    package var description: String {
        guard let key else { return type.operation(verb.rawValue, namespace: namespace) }
        return type.operation(verb.rawValue, key, subresource: subresource)
    }
}
