import Lint
import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct SuppressionTests {
    private let wrong = LintFixture.canary("maxWeight: 50", "maxWeight: 150")

    private func report(_ text: String) -> LintReport { LintFixture.report(text, LintFixture.deployment) }

    @Test(arguments: [
        "    maxWeight: 150 # canarygate:ignore canary/max-weight-above-100 a trial of the mesh",
        "    # canarygate:ignore canary/max-weight-above-100 a trial of the mesh\n    maxWeight: 150",
        "#canarygate:ignore canary/max-weight-above-100 a trial of the mesh\n    # more of it\n    maxWeight: 150",
    ])
    func takesAwayWhatIsKnownOfALine(_ lines: String) {
        let report = report(LintFixture.replacing("    maxWeight: 150", lines, in: wrong))
        #expect(report.places == [])
        #expect(report.suppressed.map(\.finding.finding.rule) == ["canary/max-weight-above-100"])
        #expect(report.suppressed.map(\.reason) == ["a trial of the mesh"])
        #expect(report.summary == "1 object, 0 denied, 0 warnings, 1 suppressed, 1 of other kinds not judged")
        #expect(report.exitCode == 0)
    }

    @Test(arguments: ["", "---\n", "%YAML 1.2\n---\n", "\n# A team's words.\n"])
    func takesAwayWhatIsKnownOfADocument(_ head: String) {
        let comment = "# canarygate:ignore canary/max-weight-above-100 a trial\n"
        #expect(report(head + comment + wrong).places == [])
        let second = LintFixture.report(head + comment + wrong + "---\n" + wrong, LintFixture.deployment)
        #expect(second.findings.map(\.finding.rule) == ["canary/max-weight-above-100"])
    }

    @Test func isAboutItsOwnRuleAndLine() {
        let comment = "# canarygate:ignore canary/max-weight-above-100 a trial\n    maxWeight: 50\n    stepWeight: 0"
        let report = report(LintFixture.canary("maxWeight: 50\n    stepWeight: 5", comment))
        #expect(
            report.places == [
                "a.yaml:17:5 warn lint/unused-suppression", "a.yaml:19:5 deny canary/step-weight-below-1",
            ]
        )
    }

    @Test func tellsOfOnesThatAreOfNoUse() {
        let report = report("# canarygate:ignore canary/max-weight-above-100 was once so\n" + LintFixture.canary)
        #expect(
            report.findings.map(\.text) == [
                "canary/max-weight-above-100 is not found in this document; remove the comment [lint/unused-suppression]"
            ]
        )
        #expect(report.findings.first?.subject.title == "Canary test/podinfo")
    }

    @Test func tellsOfOnesInDocumentsThatAreNotJudged() {
        let report = LintFixture.report("# canarygate:ignore canary/a b\n" + LintFixture.deployment)
        #expect(report.places == ["a.yaml:1:1 warn lint/unused-suppression"])
    }

    @Test(arguments: ["canary/max-weight-above-100", "canary/max-weight-above-100   ", ""])
    func asksForAReason(_ words: String) {
        let line = "    maxWeight: 150 # canarygate:ignore \(words)"
        let report = report(LintFixture.replacing("    maxWeight: 150", line, in: wrong))
        #expect(
            report.places == [
                "a.yaml:17:5 deny canary/max-weight-above-100", "a.yaml:17:20 warn lint/suppression-without-reason",
            ]
        )
    }

    @Test func readsNoneOutOfTexts() {
        let report = report(
            LintFixture.canary(
                "metadata:\n",
                """
                metadata:
                  annotations:
                    block: |
                      # canarygate:ignore canary/a because
                    quoted: "a
                      # canarygate:ignore canary/b because"
                    plain: a#canarygate:ignore canary/c because # canarygate:ignore canary/d because

                """
            )
        )
        #expect(report.findings.map(\.message) == ["canary/d is not found there"])
        #expect(report.places == ["a.yaml:9:49 warn lint/unused-suppression"])
    }
}
