package import Kubernetes

/// An HTTPProxy at its place in a tree.
package struct ProxyNode: Hashable, Sendable {
    /// The object.
    package let key: ObjectKey
    /// The requests that come here: the conditions of the includes from the root to here, put together.
    package let match: RequestMatch
    /// What it includes, in its order.
    package let includes: [IncludeNode]
    /// Its own routes, in its order.
    package let routes: [RouteNode]
    /// Whether a fault in one of its routes drops them all, those of its includes among them.
    package let isDropped: Bool
    /// What is wrong with the object beside its includes and routes.
    package let faults: [ProxyFault]
}
