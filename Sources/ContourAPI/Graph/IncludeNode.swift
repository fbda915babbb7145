package import Kubernetes

/// An include at its place in a tree.
package struct IncludeNode: Hashable, Sendable {
    /// Its place in `spec.includes`.
    package let index: Int
    /// The HTTPProxy that it names.
    package let target: ObjectKey
    /// The requests that it hands on, with all conditions from the root to here.
    package let match: RequestMatch
    /// What it leads to; nil where it is not followed.
    package let child: ProxyNode?
    /// The requests that get 502 as the HTTPProxy is missing or a root itself, on the whole host; nil where none do.
    package let badGateway: RequestMatch?
    /// What is wrong with it.
    package let faults: [ProxyFault]
}
