package import ArgumentParser
import ContourAPI
import Lint
import Platform
import Schema

/// `canarygate explain`: a rule's page.
package struct ExplainCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Print a rule's page: what happens without it, a wrong and a right example, how to change its mode."
    )

    @Argument(help: "The rule's id, as it stands in brackets behind a finding: canary/step-weight-above-max.")
    var id: String?

    @Option(help: ArgumentHelp("Write all pages and the reference below this folder.", visibility: .hidden))
    var write: String?

    package init() {}

    package func validate() throws {
        guard write == nil else { return }
        guard let id else { throw ValidationError("no rule; canarygate rules lists them") }
        if Self.lintRule(id) == nil { _ = try Self.rule(id) }
    }

    package func run() throws {
        if let write { return try Self.writePages(below: write) }
        ProcessEnvironment.print(try page())
    }

    /// What is printed.
    ///
    /// - Throws: `ValidationError` for an id that has no page.
    package func page() throws -> String {
        if let rule = Self.lintRule(id ?? "") { return Self.page(of: rule) }
        return try RulePages.page(of: Self.rule(id ?? "")).markdown
    }

    /// A rule that only the check of files has.
    private static func lintRule(_ id: String) -> LintRules.Entry? { LintRules.all.first { $0.id == bare(id) } }

    private static func page(of rule: LintRules.Entry) -> String {
        """
        # \(rule.id)

        \(rule.summary.prefix(1).uppercased())\(rule.summary.dropFirst()).

        A warning of `canarygate lint` alone; \(LintRules.page) tells more.

        """
    }

    private static func rule(_ id: String) throws -> Rule {
        if let rule = RuleCatalogue.book[bare(id)] { return rule }
        let near = RuleCatalogue.book.nearest(to: bare(id)).map { "did you mean \"\($0)\"?" }
        throw ValidationError("\(id): no such rule; \(near ?? "canarygate rules lists them")")
    }

    /// The id without the brackets in which findings show it.
    private static func bare(_ id: String) -> String {
        id.hasPrefix("[") && id.hasSuffix("]") ? String(id.dropFirst().dropLast()) : id
    }

    private static func writePages(below folder: String) throws {
        for file in try RulePages.files() {
            let path = "\(folder)/\(file.path)"
            try FileStore.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
            try FileStore.write(Array(file.text.utf8), to: path, mode: 0o644)
        }
    }
}
