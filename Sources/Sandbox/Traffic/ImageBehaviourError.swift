/// A setting that describes no image's behaviour.
package struct ImageBehaviourError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part that is wrong.
    package let text: String
    /// What is wrong with it and what was expected.
    package let reason: String

    init(_ text: String, _ reason: String) {
        self.text = text
        self.reason = reason
    }

    /// `parse image behaviour "5": expected an error rate and a p99, such as 5%,120ms, or never`.
    package var description: String { "parse image behaviour \"\(text)\": \(reason)" }
}
