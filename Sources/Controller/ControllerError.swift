/// Something that the loop cannot do with the objects as they are.
package struct ControllerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted: `observe`, `copyTemplate`.
    package let operation: String
    /// On what: `deployment podinfo.test`.
    package let subject: String
    /// Why it cannot be done.
    package let reason: String
    /// Whether the objects have only changed since they were read, so that reading them again helps.
    package var isStale = false

    /// `observe deployment podinfo.test: spec.selector.matchLabels must contain …`.
    package var description: String { "\(operation) \(subject): \(reason)" }
}
