package import ArgumentParser
import ContourAPI
import JSON
import Lint
import Platform
import Schema

/// `canarygate rules`: what is refused or warned about, one line each.
package struct RulesCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "List the rules: id, what each does by default, and what it is about.",
        discussion: """
            `canarygate explain ID` prints a rule's page. Rules that are asked only with --loop=on or --loop=off say so \
            in the third column, and so do those that only `canarygate lint` has.
            """
    )

    @Option(name: [.customShort("o"), .long], help: "How they are written: text or json.")
    var output = ListFormat.text

    package init() {}

    package func run() throws { ProcessEnvironment.print(text) }

    /// What is printed.
    package var text: String {
        switch output {
        case .text: Self.table(RuleCatalogue.all)
        case .json:
            JSONValue.array(RuleCatalogue.all.map(Self.entry) + LintRules.all.map(Self.entry)).prettyText + "\n"
        }
    }

    private static func table(_ rules: [Rule]) -> String {
        let width = rules.map(\.id.count).max() ?? 0
        let entries =
            rules.map { [$0.id, $0.severity.rawValue, $0.scope.setting, $0.summary] }
            + LintRules.all.map { [$0.id, Finding.Severity.warn.rawValue, "lint", $0.summary] }
        let rows = entries.map { entry in
            [pad(entry[0], to: width), pad(entry[1], to: 4), pad(entry[2], to: 10), entry[3]]
                .joined(separator: "  ") + "\n"
        }
        return rows.joined()
    }

    private static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func entry(_ rule: LintRules.Entry) -> JSONValue {
        [
            "id": .string(rule.id), "severity": .string(Finding.Severity.warn.rawValue), "scope": "lint",
            "fixed": true, "summary": .string(rule.summary), "page": .string(LintRules.page),
        ]
    }

    private static func entry(_ rule: Rule) -> JSONValue {
        [
            "id": .string(rule.id), "severity": .string(rule.severity.rawValue), "scope": .string(rule.scope.rawValue),
            "fixed": .bool(rule.isFixed), "summary": .string(rule.summary), "label": .string(rule.label),
            "page": .string(rule.page),
        ]
    }
}

/// How a list is written.
package enum ListFormat: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
}

extension Rule.Scope {
    /// The setting with which the rule is asked; empty for any.
    fileprivate var setting: String {
        switch self {
        case .always: ""
        case .loop: "--loop=on"
        case .flagger: "--loop=off"
        }
    }
}
