import Lint
import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct PlaceTests {
    @Test func pointsAtTheField() {
        let report = LintFixture.report(
            LintFixture.deployment + "---\n" + LintFixture.canary("maxWeight: 50", "maxWeight: 150")
        )
        #expect(report.places == ["a.yaml:24:5 deny canary/max-weight-above-100"])
        #expect(report.findings[0].excerpt == "    maxWeight: 150\n    ^")
    }

    @Test func pointsAtWhatIsAroundAMissingField() {
        let report = LintFixture.report(
            LintFixture.canary("    port: 80\n", ""),
            LintFixture.deployment
        )
        #expect(report.places == ["a.yaml:11:3 deny canary/port-out-of-range"])
        #expect(report.findings[0].finding.path == "spec.service.port")
    }

    @Test func pointsIntoAList() {
        let text = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: apps/v1
              kind: Deployment
              metadata: {name: podinfo, namespace: test}
            - apiVersion: flagger.app/v1beta1
              kind: Canary
              metadata: {name: podinfo, namespace: test}
              spec:
                targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
                service: {port: 80, targetPort: 9898}
                analysis: {interval: 30s, threshold: 5, maxWeight: 150, stepWeight: 5}

            """
        let report = LintFixture.report(text, level: .deny)
        #expect(report.places == ["a.yaml:13:45 deny canary/max-weight-above-100"])
        #expect(report.subjects.map(\.line) == [7])
    }

    @Test func pointsIntoJSON() {
        let text = """
            {"apiVersion": "flagger.app/v1beta1", "kind": "MetricTemplate", "metadata": {"name": "é", "namespace": "test"},
             "spec": {"query": "1",
              "provider": {"type": "prometheos"}}}

            """
        let report = LintFixture.report(text, level: .deny)
        #expect(report.places == ["a.yaml:3:16 deny metrictemplate/not-a-choice"])
        let twice = LintFixture.report(text + text, level: .deny)
        #expect(twice.places.last == "a.yaml:6:16 deny metrictemplate/not-a-choice")
        let beside = LintFixture.report("  {\"apiVersion\":\"v1\",\"kind\":\"Pod\"} " + text, level: .deny)
        #expect(beside.places == ["a.yaml:3:16 deny metrictemplate/not-a-choice"])
    }

    @Test func countsTheColumnOfALaterTextOnTheSameLine() {
        let template =
            #"{"apiVersion":"flagger.app/v1beta1","kind":"MetricTemplate","spec":{"provider":{"type":"x"},"query":"1"}}"#
        let report = LintFixture.report("{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}" + template, level: .deny)
        #expect(report.findings.map(\.column) == [113])
    }

    @Test func pointsAtNamesWithDotsAndBrackets() {
        let text = LintFixture.canary("    metrics:", "    \"a.b[0]\": 1\n    metrics:")
        let report = LintFixture.report(text, LintFixture.deployment)
        #expect(report.places == ["a.yaml:19:5 deny canary/unknown-field"])
    }

    @Test func pointsBehindAByteOrderMarkAndCarriageReturns() {
        let text = LintFixture.canary("maxWeight: 50", "maxWeight: 150").split(separator: "\n").joined(
            separator: "\r\n"
        )
        let report = LintFixture.report("\u{FEFF}" + text, LintFixture.deployment)
        #expect(report.places == ["a.yaml:17:5 deny canary/max-weight-above-100"])
        #expect(report.findings[0].excerpt == "    maxWeight: 150\n    ^")
    }

    @Test func followsAnAliasToWhereItIsWritten() {
        let text = LintFixture.canary("  analysis:", "  analysis: &a") + "x: *a\n"
        let report = LintFixture.report(text, LintFixture.deployment)
        #expect(report.places == ["a.yaml:24:1 deny canary/unknown-field"])
    }
}
