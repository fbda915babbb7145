/// A rule's page: what it refuses, what happens without it, a wrong and a right example, how to change its mode.
package struct RulePage: Sendable {
    /// The rule.
    package let rule: Rule
    /// What each example's wrong manifest yields, in the order of the examples.
    package let findings: [[Finding]]
    /// Whether the CustomResourceDefinition holds the rule too, whatever its mode.
    package let isInDefinition: Bool

    package init(_ rule: Rule, findings: [[Finding]], isInDefinition: Bool = false) {
        self.rule = rule
        self.findings = findings
        self.isInDefinition = isInDefinition
    }

    /// The page as Markdown, which reads as it is on a terminal.
    package var markdown: String {
        var parts = ["# \(rule.id)", opening, "## Without it", rule.consequence]
        for (index, example) in rule.examples.enumerated() {
            let number = rule.examples.count > 1 ? " \(index + 1)" : ""
            parts += ["## Wrong\(number)", example.opening + Self.block(example.wrong)]
            parts.append("```\n" + findings[index].map(Self.line).joined(separator: "\n") + "\n```")
            parts += ["## Right\(number)", Self.block(example.right)]
        }
        parts += ["## Mode", mode]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var opening: String {
        let what =
            switch rule.severity {
            case .deny: "An object that breaks it is refused."
            case .warn: "An object that breaks it is let through with a warning."
            }
        return "\(sentence).\n\n\(what)" + Self.when(rule.scope)
    }

    /// The summary with a capital letter, unless it begins with a field's name, which has its own.
    private var sentence: String {
        let word = rule.summary.prefix { $0 != " " }
        guard !word.contains(where: { $0.isUppercase || $0 == "." }) else { return rule.summary }
        return rule.summary.prefix(1).uppercased() + rule.summary.dropFirst()
    }

    private static func when(_ scope: Rule.Scope) -> String {
        switch scope {
        case .always: ""
        case .loop: " Asked only while the loop is on."
        case .flagger: " Asked only with `--loop=off`, where Flagger drives the canaries."
        }
    }

    /// How the mode is changed, and what it may be.
    private var mode: String {
        if rule.isFixed {
            return """
                Always `\(rule.severity.rawValue)`: the rollout itself relies on it, so it can't be lowered, neither by \
                `--rule` nor by a namespace's label.
                """
        }
        let other = rule.severity == .deny ? RuleMode.warn : .deny
        return """
            `\(rule.severity.rawValue)` by default. For one namespace, and for all:

            ```
            kubectl label namespace NAME \(rule.label)=\(other.rawValue)
            canarygate serve --rule \(rule.id)=\(other.rawValue)
            ```

            `off` asks no more; `audit` counts and logs alone; `warn` lets the object through with a warning; `deny` \
            refuses it.
            """ + (isInDefinition ? Self.definition : "")
    }

    private static let definition = """


        The CustomResourceDefinition holds most of this rule too: where the mode is lowered, the API server still refuses \
        what that covers, in its own words.
        """

    private static func block(_ yaml: String) -> String { "```yaml\n\(yaml)\n```" }

    private static func line(_ finding: Finding) -> String {
        let value = finding.value.map { "Invalid value: \($0): " } ?? "Required value: "
        return "\(finding.severity.rawValue): \(finding.path): \(value)\(finding.message)"
    }
}

extension RuleExample {
    /// What the example begins with, for one that changes or removes an object.
    fileprivate var opening: String {
        switch operation {
        case .create: ""
        case .update:
            "A change of this:\n\n```yaml\n\(stored ?? "")\n```\n\nto this:\n\n"
        case .delete: "The deletion of this:\n\n"
        }
    }
}

extension Rule {
    /// The label by which a namespace sets the rule's mode: `rules.canarygate.dev/canary.step-weight-above-max`.
    package var label: String { "\(Rule.labelPrefix)\(prefix).\(name)" }

    /// What such labels begin with.
    package static let labelPrefix = "rules.canarygate.dev/"

    /// Where the page stands within the repository: `docs/rules/canary/step-weight-above-max.md`.
    package var page: String { "docs/rules/\(id).md" }
}
