import Lint
import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct VersionTests {
    /// The Canary as it was written before.
    private static let former = LintFixture.replacing(
        "  analysis:",
        "  canaryAnalysis:",
        in: LintFixture.replacing("v1beta1", "v1alpha3", in: LintFixture.canary)
    )

    @Test func judgesACanaryOfTheFormerVersion() {
        let report = LintFixture.report(Self.former, LintFixture.deployment)
        #expect(report.places == ["a.yaml:14:3 warn canary/deprecated-field"])
        #expect(report.findings.first?.finding.path == "spec.canaryAnalysis")
    }

    @Test func namesFieldsAsTheFileDoes() {
        let wrong = LintFixture.replacing("maxWeight: 50", "maxWeight: 150", in: Self.former)
        let report = LintFixture.report(wrong, LintFixture.deployment, level: .deny)
        #expect(report.places == ["a.yaml:17:5 deny canary/max-weight-above-100"])
        #expect(report.findings.first?.finding.path == "spec.canaryAnalysis.maxWeight")
        #expect(report.findings.first?.subject.apiVersion == "flagger.app/v1alpha3")
    }

    @Test func isFoundByOthers() {
        #expect(LintFixture.report(LintFixture.proxy, Self.former, LintFixture.deployment, level: .deny).places == [])
    }
}
