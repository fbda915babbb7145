import Admission
import JSON
import Kubernetes
package import Schema
package import YAML

/// A rule's examples put to the judge, as its page shows them and the tests prove them.
package struct RuleTrial: Sendable {
    /// The rule.
    package let rule: Rule

    package init(_ rule: Rule) { self.rule = rule }

    /// What the judge finds in the example's `wrong` or `right` manifest, `text`.
    ///
    /// A rule that is asked beside Flagger alone is put to the judge that stands there; so are those about templates and
    /// providers, of which the loop reads none.
    ///
    /// - Throws: `YAMLError` for an example that is no YAML.
    package func findings(in text: String, of example: RuleExample) throws(YAMLError) -> [Finding] {
        let documents = try Self.documents(text)
        let sent = Self.object(documents.first ?? .null, rule)
        let object = CanaryVersions.current(of: sent)
        let kind = FlaggerKind(rawValue: object["kind"]?.string ?? "") ?? FlaggerKind(prefix: rule.prefix) ?? .canary
        let isDriving = rule.scope == .loop || (rule.scope == .always && kind == .canary)
        let settings = RuleSettings(isDriven: isDriving, refusesForeignNamespaces: true, namespace: "test")
        let judge = Judge(settings: settings)
        let stored = try example.stored.map { (text) throws(YAMLError) in
            Self.object(try Self.documents(text).first ?? .null, rule)
        }
        let view = ExampleCluster.view(with: documents.dropFirst())
        if example.operation == .delete { return judge.judgement(ofDeleting: object, as: kind, in: view).findings }
        return judge.judgement(of: object, as: kind, insteadOf: stored, sentIn: sent["apiVersion"]?.string, in: view)
            .findings
    }

    /// The page, with what the wrong examples yield.
    ///
    /// - Throws: `YAMLError` for an example that is no YAML.
    package func page() throws(YAMLError) -> RulePage {
        var findings: [[Finding]] = []
        for example in rule.examples { findings.append(try self.findings(in: example.wrong, of: example)) }
        return RulePage(rule, findings: findings, isInDefinition: FlaggerRules.isInDefinition(rule))
    }

    private static func documents(_ text: String) throws(YAMLError) -> [JSONValue] {
        try YAMLParser.documents(in: Array(text.utf8)).map(\.value)
    }

    /// The good manifest of the kind with `change` merged over it.
    private static func object(_ change: JSONValue, _ rule: Rule) -> JSONValue {
        let kind = FlaggerKind(rawValue: change["kind"]?.string ?? "") ?? FlaggerKind(prefix: rule.prefix) ?? .canary
        return ExampleCluster.good(kind).merging(change)
    }
}
