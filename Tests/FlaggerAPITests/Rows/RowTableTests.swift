import FlaggerAPI
import Schema
import TestSupport
import Testing

/// The table of Flagger's silent and late failures in `docs/flagger-differences.md`.
@Suite(.timeLimit(.minutes(1))) struct RowTableTests {
    /// The rows: number and what stands in the last column.
    private static func rows() throws -> [(number: Int, text: String)] {
        try RepositoryFiles.text("docs/flagger-differences.md").split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", maxSplits: 2).map(String.init)
            guard line.hasPrefix("| "), cells.count == 3, let number = Int(cells[0].filter { $0 != " " }) else {
                return nil
            }
            return (number, cells[2])
        }
    }

    @Test func hasEveryRow() throws {
        #expect(try Self.rows().map(\.number) == Array(1...111))
    }

    @Test func namesRulesThatThereAre() throws {
        for row in try Self.rows() {
            let ids = row.text.matches(of: /rules\/([a-z]+\/[a-z0-9-]+)\.md/).map { String($0.output.1) }
            #expect(ids.filter { FlaggerRules.book[$0] == nil } == [], "row \(row.number)")
            let isExplained = ["webhook", "not checked yet", "does not arise"].contains { row.text.contains($0) }
            #expect(!ids.isEmpty || isExplained, "row \(row.number)")
        }
    }

    /// A rule that says whether it is asked beside Flagger alone says the same in the table.
    @Test func saysWhereARuleIsAsked() throws {
        for row in try Self.rows() where !row.text.contains("beside Flagger") {
            let ids = row.text.matches(of: /rules\/([a-z]+\/[a-z0-9-]+)\.md/).map { String($0.output.1) }
            let rules = ids.compactMap { FlaggerRules.book[$0] }
            #expect(rules.isEmpty || rules.contains { $0.scope != .flagger }, "row \(row.number)")
        }
    }

    /// The API server cuts longer ones, or asks not to send them.
    @Test func warningsFitIntoALine() throws {
        for rule in FlaggerRules.all where rule.severity == .warn {
            for example in rule.examples {
                let texts = try RuleTrial(rule).findings(in: example.wrong, of: example).map(\.text)
                #expect(texts.filter { $0.count > 120 } == [])
            }
        }
    }
}
