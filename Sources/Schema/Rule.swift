/// A rule: its stable id, what it does by default, and what its page says.
package struct Rule: Hashable, Sendable {
    /// When a rule is asked at all.
    package enum Scope: String, Hashable, Sendable {
        /// Whoever drives the canaries.
        case always
        /// Only while our loop drives them.
        case loop
        /// Only beside Flagger: about a defect of Flagger's that our loop does not have.
        case flagger
    }

    /// The stable id: `canary/step-weight-above-max`.
    package let id: String
    /// What it does by default.
    package let severity: Finding.Severity
    /// When it is asked.
    package let scope: Scope
    /// Whether its mode can't be lowered, because the loop itself relies on it.
    package let isFixed: Bool
    /// One line, lower case: `stepWeight may not be above maxWeight`.
    package let summary: String
    /// What happens without it: one to four plain sentences.
    package let consequence: String
    /// Pairs of wrong and right, at least one.
    package let examples: [RuleExample]

    /// A rule that refuses by default.
    package init(
        _ id: String,
        scope: Scope = .always,
        isFixed: Bool = false,
        _ summary: String,
        consequence: String,
        examples: RuleExample...
    ) {
        self.init(id, .deny, scope, isFixed, summary, consequence, examples)
    }

    /// A rule that does `severity` by default.
    package init(
        _ id: String,
        _ severity: Finding.Severity,
        scope: Scope = .always,
        isFixed: Bool = false,
        _ summary: String,
        consequence: String,
        examples: RuleExample...
    ) {
        self.init(id, severity, scope, isFixed, summary, consequence, examples)
    }

    private init(
        _ id: String,
        _ severity: Finding.Severity,
        _ scope: Scope,
        _ isFixed: Bool,
        _ summary: String,
        _ consequence: String,
        _ examples: [RuleExample]
    ) {
        self.id = id
        self.severity = severity
        self.scope = scope
        self.isFixed = isFixed
        self.summary = summary
        self.consequence = consequence
        self.examples = examples
    }

    /// What the id begins with, the kind in lower case: `canary`.
    package var prefix: String { String(id.prefix { $0 != "/" }) }

    /// What the id ends in: `step-weight-above-max`.
    package var name: String { String(id.drop { $0 != "/" }.dropFirst()) }
}
