package import Schema

/// What a judge says of an object, each rule's mode applied.
package struct Judgement: Hashable, Sendable {
    /// What refuses the object or is told to the user.
    package var findings: [Finding]
    /// What is only counted and logged.
    package var audited: [Finding]
    /// What is wrong with the labels that set the modes, in sentences of under 120 characters.
    package var notes: [String]

    package init(findings: [Finding] = [], audited: [Finding] = [], notes: [String] = []) {
        self.findings = findings
        self.audited = audited
        self.notes = notes
    }

    /// The verdict of a webhook.
    package var verdict: Verdict { Verdict(findings: findings, audited: audited, warnings: notes) }

    /// The same, but nothing refuses the object.
    package var asWarnings: Judgement {
        Judgement(findings: findings.map { $0.with(.warn) }, audited: audited, notes: notes)
    }
}
