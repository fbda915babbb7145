import Schema

/// What a check came to.
package struct LintReport: Sendable {
    /// A finding that a comment says is known.
    package struct Suppressed: Hashable, Sendable {
        /// The finding.
        package let finding: LintFinding
        /// Why it is right here.
        package let reason: String
    }

    /// The objects that were judged, in the order of the inputs.
    package var subjects: [LintSubject] = []
    /// What was found of the level that was asked for, by input, line and column.
    package var findings: [LintFinding] = []
    /// What was found and is known.
    package var suppressed: [Suppressed] = []
    /// What cannot be read.
    package var faults: [InputFault] = []
    /// What else there is to tell, in lines: it makes no check fail.
    package var notes: [String] = []
    /// How many objects are of kinds that are not judged.
    package var passedOver = 0

    package init() {}

    /// Whether there was no object at all.
    package var isEmpty: Bool { subjects.isEmpty && passedOver == 0 && faults.isEmpty && findings.isEmpty }

    /// 65 when something cannot be read, 1 when something was found, else 0.
    package var exitCode: Int32 {
        if !faults.isEmpty { return 65 }
        return findings.isEmpty ? 0 : 1
    }

    /// `3 objects, 2 denied, 1 warning`, then what was suppressed, not judged or not readable.
    package var summary: String {
        let denied = Set(findings.filter { $0.finding.severity == .deny }.map(\.subject)).count
        let warnings = findings.count { $0.finding.severity == .warn }
        var parts = [
            Self.count(subjects.count, "object"), "\(denied) denied", Self.count(warnings, "warning"),
        ]
        if !suppressed.isEmpty { parts.append("\(suppressed.count) suppressed") }
        if passedOver > 0 { parts.append("\(passedOver) of other kinds not judged") }
        if !faults.isEmpty { parts.append("\(faults.count) unreadable") }
        return parts.joined(separator: ", ")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
