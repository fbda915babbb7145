import Admission
import JSON
import Kubernetes
package import Schema
package import YAML

/// A rule's examples put to the judge, as its page shows them and the tests prove them.
package struct ContourTrial: Sendable {
    /// The rule.
    package let rule: Rule

    package init(_ rule: Rule) { self.rule = rule }

    /// What the judge finds in the example's `wrong` or `right` manifest, `text`.
    ///
    /// - Throws: `YAMLError` for an example that is no YAML.
    package func findings(in text: String, of example: RuleExample) throws(YAMLError) -> [Finding] {
        let documents = try Self.documents(text)
        let change = documents.first ?? .null
        let kind = kind(of: change)
        let object = ContourExamples.good(kind).merging(change)
        let judge = ContourJudge(settings: ContourExamples.settings(for: rule))
        let stored = try example.stored.map { (text) throws(YAMLError) in
            ContourExamples.good(kind).merging(try Self.documents(text).first ?? .null)
        }
        let before = example.operation == .delete ? object : stored
        let view = ContourExamples.view(judging: kind, with: (before.map { [$0] } ?? []) + documents.dropFirst())
        if example.operation == .delete {
            return judge.judgement(ofDeleting: object, as: kind, in: view).findings
        }
        return judge.judgement(of: object, as: kind, insteadOf: stored, in: view, at: ContourExamples.now).findings
    }

    /// The page, with what the wrong examples yield.
    ///
    /// - Throws: `YAMLError` for an example that is no YAML.
    package func page() throws(YAMLError) -> RulePage {
        var findings: [[Finding]] = []
        for example in rule.examples { findings.append(try self.findings(in: example.wrong, of: example)) }
        return RulePage(rule, findings: findings, isInDefinition: ContourRules.isInDefinition(rule))
    }

    private func kind(of change: JSONValue) -> ContourKind {
        ContourKind(rawValue: change["kind"]?.string ?? "") ?? ContourKind(prefix: rule.prefix) ?? .httpProxy
    }

    private static func documents(_ text: String) throws(YAMLError) -> [JSONValue] {
        try YAMLParser.documents(in: Array(text.utf8)).map(\.value)
    }
}
