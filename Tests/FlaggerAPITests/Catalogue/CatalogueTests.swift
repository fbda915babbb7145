import FlaggerAPI
import Foundation
import Schema
import TestSupport
import Testing

/// Each rule that a source can find broken has its entry, and each entry is true.
@Suite(.timeLimit(.minutes(1))) struct CatalogueTests {
    @Test(arguments: FlaggerRules.all)
    func theWrongExampleYieldsTheRuleAlone(rule: Rule) throws {
        #expect(!rule.examples.isEmpty)
        for example in rule.examples {
            let findings = try RuleTrial(rule).findings(in: example.wrong, of: example)
            #expect(findings.map(\.rule) == [rule.id], "\(findings.map(\.text))")
            #expect(findings.map(\.severity) == [rule.severity])
        }
    }

    @Test(arguments: FlaggerRules.all)
    func theRightExampleYieldsNothing(rule: Rule) throws {
        for example in rule.examples {
            let findings = try RuleTrial(rule).findings(in: example.right, of: example)
            #expect(findings.map(\.text) == [])
        }
    }

    @Test func everyIdOfTheSourcesHasAnEntryAndTheOtherWayRound() throws {
        var ids: Set<String> = []
        for kind in FlaggerKind.allCases {
            ids.formUnion(SchemaValidator(prefix: kind.prefix, schema: kind.schema).rules)
        }
        for path in try Self.sources() {
            ids.formUnion(Self.ids(in: try RepositoryFiles.text(path), of: path))
        }
        #expect(ids.subtracting(FlaggerRules.all.map(\.id)).sorted() == [], "without an entry")
        #expect(Set(FlaggerRules.all.map(\.id)).subtracting(ids).sorted() == [], "without a source")
    }

    @Test func aLabelFitsIntoAKey() {
        let names = FlaggerRules.all.map { String($0.label.dropFirst(Rule.labelPrefix.count)) }
        #expect(names.filter { $0.utf8.count > 63 } == [])
    }

    @Test func textsAreWrittenAsTheyShouldBe() {
        for rule in FlaggerRules.all {
            #expect(!rule.summary.hasSuffix(".") && !rule.summary.contains("\n"), "\(rule.id)")
            #expect(rule.consequence.hasSuffix("."), "\(rule.id)")
            #expect(rule.summary.count <= 80, "\(rule.id)")
        }
    }

    /// The sources that make findings.
    private static func sources() throws -> [String] {
        let root = "\(RepositoryFiles.root)/Sources/FlaggerAPI"
        let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Catalogue/") }.map { "Sources/FlaggerAPI/\($0)" }
    }

    /// The ids in a source: those written in full, and the names that are given to a canary's facts.
    private static func ids(in text: String, of path: String) -> Set<String> {
        let full = /"((?:canary|metrictemplate|alertprovider)\/[a-z0-9-]+)"/
        var ids = Set(text.matches(of: full).map { String($0.output.1) })
        let kind = ["CanaryFacts": "canary", "TemplateFacts": "metrictemplate", "ProviderFacts": "alertprovider"]
            .first { path.contains("/Rules/\($0.key)") }
        if let kind {
            let named = /\b(?:deny|warn)\(\s*"([a-z0-9-]+)"/
            ids.formUnion(text.matches(of: named).map { "\(kind.value)/\($0.output.1)" })
            let constant = /static let rule = "([a-z0-9-]+)"/
            ids.formUnion(text.matches(of: constant).map { "\(kind.value)/\($0.output.1)" })
        }
        return ids
    }
}

extension Rule: CustomTestStringConvertible {
    /// The rule's id.
    public var testDescription: String { id }
}
