import Admission
import ContourAPI
import Foundation
import Schema
import TestSupport
import Testing

/// Each rule that a source can find broken has its entry, and each entry is true.
@Suite(.timeLimit(.minutes(1))) struct ContourCatalogueTests {
    @Test(arguments: ContourRules.all)
    func theWrongExampleYieldsTheRuleAlone(rule: Rule) throws {
        #expect(!rule.examples.isEmpty)
        for example in rule.examples {
            let findings = try ContourTrial(rule).findings(in: example.wrong, of: example)
            #expect(findings.map(\.rule) == [rule.id], "\(findings.map(\.text))")
            #expect(findings.map(\.severity) == [rule.severity])
        }
    }

    @Test(arguments: ContourRules.all)
    func theRightExampleYieldsNothing(rule: Rule) throws {
        for example in rule.examples {
            let findings = try ContourTrial(rule).findings(in: example.right, of: example)
            #expect(findings.map(\.text) == [])
        }
    }

    @Test(arguments: ContourKind.allCases)
    func theGoodManifestIsGood(kind: ContourKind) {
        let view = ContourExamples.view(judging: kind, with: [])
        let judge = ContourJudge(settings: ContourExamples.settings)
        #expect(judge.judgement(of: ContourExamples.good(kind), as: kind, in: view).findings.map(\.text) == [])
    }

    @Test func everyIdOfTheSourcesHasAnEntryAndTheOtherWayRound() throws {
        var ids: Set<String> = []
        for kind in ContourKind.allCases {
            if let schema = kind.schema { ids.formUnion(SchemaValidator(prefix: kind.prefix, schema: schema).rules) }
        }
        let texts = try Self.sources().map { try RepositoryFiles.text($0) }
        for text in texts { ids.formUnion(Self.ids(in: text)) }
        #expect(ids.subtracting(ContourRules.all.map(\.id)).sorted() == [], "without an entry")
        let idle = ContourRules.all.filter { rule in
            !ids.contains(rule.id) && !texts.contains { $0.contains("\"\(rule.name)\"") }
        }
        #expect(idle.map(\.id) == [], "without a source")
    }

    @Test func aLabelFitsIntoAKey() {
        let names = ContourRules.all.map { String($0.label.dropFirst(Rule.labelPrefix.count)) }
        #expect(names.filter { $0.utf8.count > 63 } == [])
    }

    @Test func textsAreWrittenAsTheyShouldBe() {
        for rule in ContourRules.all {
            #expect(!rule.summary.hasSuffix(".") && !rule.summary.contains("\n"), "\(rule.id)")
            #expect(rule.consequence.hasSuffix("."), "\(rule.id)")
            #expect(rule.summary.count <= 80, "\(rule.id)")
        }
    }

    /// Longer ones are cut; what follows may take a line of its own.
    @Test func warningsFitIntoALine() throws {
        for rule in ContourRules.all where rule.severity == .warn {
            for example in rule.examples {
                for finding in try ContourTrial(rule).findings(in: example.wrong, of: example) {
                    let text = "\(finding.path): \(finding.problem); \(finding.remedy) [\(finding.rule)]"
                    #expect(text.count <= 120, "\(text)")
                }
            }
        }
    }

    @Test func noIdIsOfFlaggersKindsToo() {
        #expect(RuleCatalogue.all.count == Set(RuleCatalogue.all.map(\.id)).count)
        #expect(RuleCatalogue.book["canary/no-checks"] != nil)
        #expect(RuleCatalogue.book["httpproxy/fqdn-taken"] != nil)
    }

    /// The sources that make findings.
    private static func sources() throws -> [String] {
        let root = "\(RepositoryFiles.root)/Sources/ContourAPI"
        let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Catalogue/") }
            .map { "Sources/ContourAPI/\($0)" }
    }

    /// The ids in a source: those written in full, and the names that are given to the findings of an HTTPProxy.
    private static func ids(in text: String) -> Set<String> {
        let kinds = ContourKind.allCases.map(\.prefix)
        let full = /"([a-z]+)\/([a-z0-9-]+)"/
        var ids = Set(
            text.matches(of: full).filter { kinds.contains(String($0.output.1)) }
                .map { "\($0.output.1)/\($0.output.2)" }
        )
        let named = /(?:warn|ProxyCheck|[fF]ault)\(\s*(?:silent: |\w+,\s*)?"([a-z0-9-]+)"/
        ids.formUnion(text.matches(of: named).map { "httpproxy/\($0.output.1)" })
        guard text.contains("enum TLSCertificateDelegationRules") else { return ids }
        let delegated = /(?:warning\(|rule: |Finding\(\s*)"(?:\\\(prefix\)\/)?([a-z-]+)"/
        return ids.union(text.matches(of: delegated).map { "tlscertificatedelegation/\($0.output.1)" })
    }
}

extension Rule: CustomTestStringConvertible {
    /// The rule's id.
    public var testDescription: String { id }
}

extension ContourKind: CustomTestStringConvertible {
    /// The kind's name.
    public var testDescription: String { rawValue }
}
