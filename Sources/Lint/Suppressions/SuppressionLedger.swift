import Schema
import YAML

/// The suppressions of one document, and which of them were of use.
struct SuppressionLedger {
    private let suppressions: [Suppression]
    private var used: Set<Int> = []

    init(_ suppressions: [Suppression]) { self.suppressions = suppressions }

    /// The reason for which a finding of `rule` at `line` is known; nil when it is not.
    mutating func reason(for rule: String, line: Int) -> String? {
        var reason: String?
        // Each that covers it is of use: of one for the document and one for the line neither is idle.
        for (index, suppression) in suppressions.enumerated() where suppression.covers(rule, line: line) {
            used.insert(index)
            reason = reason ?? suppression.reason
        }
        return reason
    }

    /// What is wrong with the suppressions themselves, once all findings have been asked for.
    var findings: [(place: YAMLMark, finding: Finding)] {
        suppressions.enumerated().compactMap { index, suppression in
            if suppression.reason.isEmpty { return (suppression.place, Self.unreasoned(suppression)) }
            return used.contains(index) ? nil : (suppression.place, Self.unused(suppression))
        }
    }

    private static func unreasoned(_ suppression: Suppression) -> Finding {
        let rule = suppression.rule
        return Finding(
            rule: LintRules.unreasoned.id,
            severity: .warn,
            path: "",
            value: nil,
            problem: rule.isEmpty ? "names no rule" : "gives no reason, so \(rule) is not suppressed",
            remedy: "write # \(Suppression.words) \(rule.isEmpty ? "<rule>" : rule) <why it is right here>"
        )
    }

    private static func unused(_ suppression: Suppression) -> Finding {
        let whole = suppression.scope == .document
        return Finding(
            rule: LintRules.unused.id,
            severity: .warn,
            path: "",
            value: nil,
            problem: "\(suppression.rule) is not found \(whole ? "in this document" : "there")",
            remedy: "remove the comment" + (whole ? "" : ", or put it on the field's line or the line before")
        )
    }
}
