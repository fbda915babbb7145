/// What is wrong with a setting of a rule's mode.
package struct RuleModeError: Error, Hashable, CustomStringConvertible {
    /// One line: `--rule canary/max-wieght-zero=off: no such rule; did you mean "canary/max-weight-zero"?`.
    package let description: String

    init(_ text: String, _ reason: String) { description = "--rule \(text): \(reason)" }
}
