package import Schema

/// A finding and where it stands.
package struct LintFinding: Hashable, Sendable {
    /// The finding, as the webhook makes it.
    package let finding: Finding
    /// The object.
    package let subject: LintSubject
    /// The line, from 1: the field's, or where that is missing the nearest one around it.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int
    /// The line and a caret below the column.
    package let excerpt: String
    /// What is wrong, in one line.
    package let message: String
    /// Whether it is that something is missing from the files which may be in a cluster that was not asked.
    package let isUnasked: Bool

    /// The rule's page within the repository; that of the check itself for a rule that only the check has.
    package var page: String {
        LintRules.all.contains { $0.id == finding.rule } ? LintRules.page : "docs/rules/\(finding.rule).md"
    }

    /// `spec.analysis.stepWeight: more than maxWeight (50); write 1 to 50 [canary/step-weight-above-max]`.
    package var text: String {
        let path = finding.path.isEmpty ? "" : "\(finding.path): "
        return "\(path)\(message); \(finding.remedy) [\(finding.rule)]"
    }
}
