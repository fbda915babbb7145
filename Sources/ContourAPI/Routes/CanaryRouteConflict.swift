/// Something that a team put on a route and that leaves no room for what the Canary asks for.
package struct CanaryRouteConflict: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where: `spec.routes[0].services[2]`.
    package let path: String
    /// What is wrong and what to do.
    package let reason: String

    /// `spec.routes[0]: …`.
    package var description: String { "\(path): \(reason)" }
}
