/// A route at its place in a tree.
package struct RouteNode: Hashable, Sendable {
    /// Its place in `spec.routes`.
    package let index: Int
    /// The requests that it takes, with all conditions from the root to here.
    package let match: RequestMatch
    /// What it does; nil where it says nothing, or several things.
    package let action: RouteAction?
    /// What is wrong with it, but for what is wrong with one of its services.
    package let faults: [ProxyFault]
}
