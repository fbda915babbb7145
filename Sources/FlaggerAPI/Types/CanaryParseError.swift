/// A Canary with a field that the loop cannot work with.
package struct CanaryParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field as kubectl writes it: `spec.analysis.stepWeight`.
    package let path: String
    /// What stands there, or `missing`.
    package let found: String
    /// What may stand there.
    package let expected: String

    /// `parse spec.analysis.stepWeight: 0, expected 1...100`.
    package var description: String { "parse \(path): \(found), expected \(expected)" }
}
