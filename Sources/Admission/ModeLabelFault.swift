package import Schema

/// A label of a namespace that sets no mode, though it looks as if it did.
package struct ModeLabelFault: Hashable, Sendable {
    /// The label's name without what all of them begin with: `canary.max-weight-zero`.
    package let name: String
    /// What is wrong.
    package let problem: String
    /// What to write instead.
    package let remedy: String
    /// Both in a sentence of under 120 characters, for those who do not see the label.
    package let note: String

    /// Where the label stands in the namespace.
    package var path: FieldPath { FieldPath("metadata", "labels", Rule.labelPrefix + name) }
}
