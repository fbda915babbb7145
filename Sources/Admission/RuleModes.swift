package import JSON
import Kubernetes
package import Schema

/// What becomes of each rule's findings: by default, by the server's settings, and by the labels of a namespace.
///
/// The nearest wins: a namespace's label goes before `--rule`, and that before the rule's own default.
package struct RuleModes: Sendable {
    /// The rules whose modes can be set.
    package let book: RuleBook
    /// What the server's settings say, by id.
    package let given: [String: RuleMode]

    /// The modes of the rules of `book`, of which `given` holds those that are not the default.
    package init(_ book: RuleBook, given: [String: RuleMode] = [:]) {
        self.book = book
        self.given = given
    }

    /// The modes that `texts` say, each `canary/max-weight-zero=deny`; of several about one rule the last holds.
    ///
    /// - Throws: `RuleModeError` for an unknown rule, no mode, or a rule that can't be lowered.
    package init(_ book: RuleBook, parsing texts: [String]) throws(RuleModeError) {
        var given: [String: RuleMode] = [:]
        for text in texts {
            let (rule, mode) = try Self.parse(text, book)
            given[rule.id] = mode
        }
        self.init(book, given: given)
    }

    private static func parse(_ text: String, _ book: RuleBook) throws(RuleModeError) -> (Rule, RuleMode) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw RuleModeError(text, "no mode, expected \(text)=\(RuleMode.warn.rawValue)") }
        guard let rule = book[parts[0]] else {
            let near = book.nearest(to: parts[0]).map { "did you mean \"\($0)\"?" } ?? "canarygate rules lists them"
            throw RuleModeError(text, "no such rule; \(near)")
        }
        guard let mode = RuleMode(rawValue: parts[1]) else {
            throw RuleModeError(text, "\"\(parts[1])\" is no mode, expected one of \(RuleMode.list)")
        }
        guard !rule.isLowered(by: mode) else { throw RuleModeError(text, "can't be lowered: the rollout relies on it") }
        return (rule, mode)
    }

    /// The mode of `rule` where no namespace says anything else.
    package func mode(of rule: Rule) -> RuleMode { given[rule.id] ?? RuleMode(rule.severity) }

    /// What `findings` come to in the namespace object `namespace`, nil where it is not known.
    ///
    /// Those of rules that are not asked are left out: of `.loop` where the loop does not drive, of `.flagger` where it
    /// does. Findings of rules that are not in the book stay as they are.
    package func judgement(of findings: [Finding], isDriving: Bool, in namespace: JSONValue?) -> Judgement {
        let labels = NamespaceModes(namespace, book: book)
        var judgement = Judgement(notes: labels.faults.map(\.note))
        for finding in findings {
            guard let rule = book[finding.rule] else {
                judgement.findings.append(finding)
                continue
            }
            guard rule.isAsked(isDriving: isDriving) else { continue }
            switch labels.modes[rule.id] ?? given[rule.id] {
            case nil: judgement.findings.append(finding)
            case .off: break
            case .audit: judgement.audited.append(finding)
            case .warn: judgement.findings.append(finding.with(.warn))
            case .deny: judgement.findings.append(finding.with(.deny))
            }
        }
        return judgement
    }

    /// What is wrong with the labels of `namespace` that should set modes.
    package func labelFaults(of namespace: JSONValue) -> [ModeLabelFault] {
        NamespaceModes(namespace, book: book).faults
    }
}

extension Rule {
    /// Whether the rule is asked while our loop drives the canaries, or Flagger does.
    package func isAsked(isDriving: Bool) -> Bool {
        switch scope {
        case .always: true
        case .loop: isDriving
        case .flagger: !isDriving
        }
    }

    /// Whether `mode` would lower a rule that can't be lowered.
    package func isLowered(by mode: RuleMode) -> Bool { isFixed && mode < RuleMode(severity) }
}
