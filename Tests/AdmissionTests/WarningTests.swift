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

    private func finding(_ problem: String, path: String = "spec.routes[0].services[0].name") -> Finding {
        Finding(
            rule: "httpproxy/service-missing",
            severity: .warn,
            path: path,
            problem: problem,
            remedy: "apply it, or its canary",
            effect: "requests to /api get 503",
            reported: ReportedCondition(
                controller: "Contour",
                type: "ServiceError",
                reason: "ServiceUnresolvedReference"
            )
        )
    }

    @Test func saysWhatFollowsInALineOfItsOwnWhereThereIsNoRoom() async throws {
        #expect(
            try await warnings(Verdict(findings: [finding("no Service podinfo yet")])) == [
                """
                spec.routes[0].services[0].name: no Service podinfo yet; apply it, or its canary \
                [httpproxy/service-missing]
                """,
                """
                spec.routes[0].services[0].name: until then requests to /api get 503 \
                (Contour: ServiceError/ServiceUnresolvedReference)
                """,
            ]
        )
    }

    @Test func saysWhatFollowsBesideTheProblemWhereThereIsRoom() async throws {
        let texts = try await warnings(Verdict(findings: [finding("none", path: "spec")]))
        #expect(
            texts == [
                "spec: none, so requests to /api get 503; apply it, or its canary [httpproxy/service-missing]"
            ]
        )
    }

    @Test func leavesOutWhatFollowsBeforeWhatIsWrong() async throws {
        let findings = (0..<30).map { finding("no Service podinfo yet", path: "spec.routes[\($0)].services[0].name") }
        let texts = try await warnings(Verdict(findings: findings))
        #expect(texts.count == 30)
        #expect(texts.allSatisfy { $0.count <= 120 && $0.contains("no Service") })
    }

    @Test func countsTheOnesBeyondTheBudget() async throws {
        let texts = try await warnings(Verdict(warnings: (0..<40).map { "warning \($0)" }))
        #expect(texts.count == 32)
        #expect(texts.last == "9 more warnings are not shown")
    }
}
