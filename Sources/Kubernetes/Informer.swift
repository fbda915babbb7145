// CONTRACT: implemented in the Kubernetes client work; the signatures below are what other modules build on.

package import JSON
package import Platform

/// A change that an informer saw, in order for each object.
package enum InformerEvent: Sendable {
    /// The object appeared.
    case added(JSONValue)
    /// It changed.
    case updated(old: JSONValue, new: JSONValue)
    /// It is gone; its last known state.
    case deleted(JSONValue)
}

/// A cache of all objects of one kind, kept by list and watch.
package final class Informer: Sendable {
    /// The kind.
    package let type: ResourceType

    /// An informer of `type` in `namespace`, or everywhere when that is nil. `onEvent` is called in order, from the
    /// task that runs the informer, after the cache has changed; it must not block.
    package init(
        type: ResourceType,
        namespace: String? = nil,
        api: any KubernetesAPI,
        clock: any WallClock,
        onEvent: @escaping @Sendable (InformerEvent) -> Void = { _ in }
    ) { fatalError("contract") }

    /// Whether the first list has been taken in. A kind that the server does not know counts as an empty one.
    package var hasSynced: Bool { fatalError("contract") }

    /// The cached objects.
    package var objects: [ObjectKey: JSONValue] { fatalError("contract") }

    /// Lists and watches until the task is cancelled; never fails, but logs and tries again with a back-off.
    package func run() async { fatalError("contract") }
}
