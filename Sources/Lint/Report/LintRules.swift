/// The rules that only the check of files has: about what no webhook sees.
package enum LintRules {
    /// One of them; each is a warning.
    package struct Entry: Hashable, Sendable {
        /// The stable id.
        package let id: String
        /// One line, lower case.
        package let summary: String
    }

    /// Where they are explained.
    package static let page = "docs/lint.md"

    /// A label of a namespace that sets no mode.
    static let modeLabel = Entry(
        id: "lint/mode-label",
        summary: "a namespace's label must set a mode of a rule that there is"
    )

    /// A suppression that takes nothing away for want of a reason.
    static let unreasoned = Entry(
        id: "lint/suppression-without-reason",
        summary: "a suppression says why it is right"
    )

    /// A suppression of what is not found.
    static let unused = Entry(
        id: "lint/unused-suppression",
        summary: "a suppression takes a finding away"
    )

    /// All of them.
    package static let all = [modeLabel, unreasoned, unused]
}
