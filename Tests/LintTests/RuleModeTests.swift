import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Lint
import Schema
import Testing

/// Who drives the Canaries, and what becomes of each rule's findings.
@Suite(.timeLimit(.minutes(1))) struct RuleModeTests {
    /// The Canary with a metric of its own, beside Flagger.
    private static let measured = LintFixture.replacing(
        "  service:\n",
        "  provider: contour\n  service:\n",
        in: LintFixture.canary(
            "name: request-success-rate",
            "name: errors\n      templateRef: {name: errors, namespace: flagger-system}"
        )
    )
    private static let template = """
        apiVersion: flagger.app/v1beta1
        kind: MetricTemplate
        metadata: {name: errors, namespace: flagger-system}
        spec:
          provider: {type: datadog, secretRef: {name: datadog}}
          query: "avg:errors{app:podinfo}"

        """
    private static let secret = """
        apiVersion: v1
        kind: Secret
        metadata: {name: datadog, namespace: flagger-system}
        stringData: {datadog_api_key: a, datadog_application_key: b}

        """
    private static let besideFlagger = Judge(isDriving: false)

    private static func modes(_ given: [String: RuleMode], isDriving: Bool = true) -> Judge {
        Judge(isDriving: isDriving, modes: RuleModes(FlaggerRules.book, given: given))
    }

    private static func namespace(_ label: String) -> String {
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: test\n  labels:\n    rules.canarygate.dev/\(label)\n"
    }

    @Test func findsWhatHoldsBesideFlagger() {
        let report = LintFixture.report(
            Self.measured,
            LintFixture.deployment,
            Self.template,
            Self.secret,
            judge: Self.besideFlagger
        )
        #expect(report.places == [])
        let ours = LintFixture.report(Self.measured, LintFixture.deployment, level: .deny)
        #expect(ours.places == ["a.yaml:22:7 deny canary/not-supported-yet"])
    }

    /// It may be in the cluster, so that it is no reason to refuse the file.
    @Test func warnsOfATemplateThatIsInNoFile() {
        let report = LintFixture.report(Self.measured, LintFixture.deployment, judge: Self.besideFlagger)
        #expect(report.places == ["a.yaml:22:21 warn canary/template-missing"])
        #expect(
            report.findings.first?.message == """
                there is no MetricTemplate flagger-system/errors, so every check would fail and roll the revision back \
                (not in these files)
                """
        )
        #expect(report.findings.first?.isUnasked == true)
        let asked = LintFixture.report(
            Self.measured,
            LintFixture.deployment,
            judge: Self.besideFlagger,
            cluster: ClusterView()
        )
        #expect(asked.places == ["a.yaml:22:21 deny canary/template-missing"])
        let raised = LintFixture.report(
            Self.measured,
            LintFixture.deployment,
            judge: Self.modes(["canary/template-missing": .deny], isDriving: false)
        )
        #expect(raised.places == ["a.yaml:22:21 deny canary/template-missing"])
    }

    @Test func warnsOfASecretThatIsInNoFile() {
        let report = LintFixture.report(Self.measured, LintFixture.deployment, Self.template, judge: Self.besideFlagger)
        #expect(
            report.places == ["a.yaml:22:21 warn canary/template-secret", "c.yaml:5:41 warn metrictemplate/secret"]
        )
        #expect(report.findings.map(\.isUnasked) == [true, true])
    }

    @Test func appliesTheModesOfTheCommandLine() {
        #expect(LintFixture.report(LintFixture.canary, judge: Self.modes(["canary/target-missing": .off])).places == [])
        let raised = LintFixture.report(LintFixture.canary, judge: Self.modes(["canary/target-missing": .deny]))
        #expect(raised.places == ["a.yaml:10:5 deny canary/target-missing"])
    }

    @Test func appliesThemToDeprecations() {
        let former = LintFixture.replacing(
            "  analysis:",
            "  canaryAnalysis:",
            in: LintFixture.canary("v1beta1", "v1alpha3")
        )
        #expect(LintFixture.report(former, LintFixture.deployment).places.count == 1)
        let judge = Self.modes(["canary/deprecated-field": .off])
        #expect(LintFixture.report(former, LintFixture.deployment, judge: judge).places == [])
    }

    @Test(arguments: [
        ("canary.no-cheks: off", "no such rule; did you mean canary/no-checks?"),
        ("canary.no-checks: never", "\"never\" is no mode; write off, audit, warn, deny"),
        ("canary.target-taken: warn", "can't be lowered, the rollout relies on it; remove the label"),
    ])
    func findsLabelsThatSetNoMode(label: String, words: String) {
        let report = LintFixture.report(LintFixture.canary, LintFixture.deployment, Self.namespace(label))
        #expect(report.places == ["c.yaml:6:5 warn lint/mode-label"])
        let finding = report.findings.first
        #expect(finding.map { "\($0.message); \($0.finding.remedy)" } == words)
        #expect(finding?.subject.title == "Namespace test")
        #expect(finding?.page == "docs/lint.md")
    }

    @Test func passesOverANamespaceWhoseLabelsAreRight() {
        let report = LintFixture.report(
            LintFixture.canary,
            Self.namespace("canary.target-missing: off"),
            LintFixture.deployment
        )
        #expect(report.places == [])
        #expect(report.summary == "1 object, 0 denied, 0 warnings, 2 of other kinds not judged")
    }

    @Test func tellsOfWrongLabelsInTheCluster() {
        var cluster = ClusterView()
        for name in ["test", "other"] {
            let labels: JSONValue = ["rules.canarygate.dev/canary.no-cheks": "off"]
            cluster.set(.namespaces, ["metadata": ["name": .string(name), "labels": labels]])
        }
        let report = LintFixture.report(LintFixture.canary, LintFixture.deployment, cluster: cluster)
        #expect(
            report.notes == [
                """
                namespace test: label rules.canarygate.dev/canary.no-cheks: no such rule; did you mean canary/no-checks?
                """
            ]
        )
        #expect(report.exitCode == 0)
        let known = LintFixture.report(
            LintFixture.canary,
            LintFixture.deployment,
            Self.namespace("canary.no-checks: off"),
            cluster: cluster
        )
        #expect(known.notes == [])
    }
}
