import Admission
import JSON
import Schema
import Testing

@Suite struct WarningTests {
    private func warnings(_ verdict: Verdict) async throws -> [String] {
        let answer = try await Asked(FixedWebhook(answer: verdict), ReviewFixtures.create).json()
        return (answer[path: "response", "warnings"]?.array ?? []).compactMap(\.string)
    }

    @Test func saysEachOnce() async throws {
        #expect(try await warnings(Verdict(warnings: ["a", "b", "a", ""])) == ["a", "b"])
    }

    @Test func holdsNoControlCharacters() async throws {
        #expect(try await warnings(Verdict(warnings: ["a\nb\tc\u{7f}d"])) == ["a b c d"])
    }

    @Test func keepsTheRuleOfALongFinding() async throws {
        let finding = Finding(
            rule: "canary/no-checks",
            severity: .warn,
            path: "spec.analysis",
            problem: String(repeating: "word ", count: 30),
            remedy: "r"
        )
        let text = try #require(try await warnings(Verdict(findings: [finding])).first)
        #expect(text.count <= 120)
        #expect(text.count > 100)
        #expect(text.hasSuffix("word... [canary/no-checks]"))
    }

    @Test func countsTheOnesBeyondTheBudget() async throws {
        let texts = try await warnings(Verdict(warnings: (0..<40).map { "warning \($0)" }))
        #expect(texts.count == 32)
        #expect(texts.last == "9 more warnings are not shown")
    }
}
