package import Kubernetes

/// A route in force.
package struct HostRoute: Hashable, Sendable {
    /// The HTTPProxy that it comes from.
    package let proxy: ObjectKey
    /// Its place in that object's `spec.routes`; nil for the 502 in place of an include.
    package let index: Int?
    /// Which requests it takes.
    package let match: RequestMatch
    /// What becomes of them: lost backends left out, and 503 where none is left.
    package let action: RouteAction
    /// The provider whose token it requires.
    let requiredProvider: String?
}
