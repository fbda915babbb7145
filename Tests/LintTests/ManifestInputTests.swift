import Lint
import Testing

@Suite(.timeLimit(.minutes(1))) struct ManifestInputTests {
    @Test func readsEveryDocument() {
        let report = LintFixture.report(
            "# a header\n---\n" + LintFixture.canary + "---\n\n---\n" + LintFixture.deployment + "...\n"
                + "%YAML 1.2\n---\n" + LintFixture.proxy
        )
        #expect(report.places == [])
        #expect(report.summary == "2 objects, 0 denied, 0 warnings, 1 of other kinds not judged")
        #expect(report.exitCode == 0)
    }

    @Test func takesOnlyWholeMarkersForTheEndOfADocument() {
        let text = LintFixture.canary("metadata:\n", "metadata:\n  annotations:\n    a: |\n      ---\n    ---b: c\n")
        let report = LintFixture.report(text, LintFixture.deployment)
        #expect(report.faults.isEmpty)
        #expect(report.subjects.count == 1)
    }

    @Test func passesOverOtherKinds() {
        let report = LintFixture.report("apiVersion: example.com/v1\nkind: Canary\nspec: 1\n")
        #expect(report.summary == "0 objects, 0 denied, 0 warnings, 1 of other kinds not judged")
    }

    @Test func aKindThatFlaggersGroupDoesNotHaveIsNoKind() {
        let report = LintFixture.report("apiVersion: flagger.app/v1beta1\nkind: Canari\nspec: 1\n")
        #expect(
            report.faults.map(\.reason) == [
                """
                Canari is no kind of flagger.app, which has Canary, MetricTemplate, AlertProvider; did you mean Canary?
                """
            ]
        )
        #expect(report.faults.map(\.line) == [2])
        #expect(report.exitCode == 65)
    }

    @Test func takesTheKindOfAnItemFromItsList() {
        let report = LintFixture.report(
            """
            apiVersion: flagger.app/v1beta1
            kind: MetricTemplateList
            items:
            - metadata: {name: a, namespace: b}
              spec: {provider: {type: keptn}}

            """,
            level: .deny
        )
        #expect(report.places == ["a.yaml:5:3 deny metrictemplate/missing-field"])
        #expect(report.findings.first?.subject.title == "MetricTemplate b/a")
    }

    @Test func namesWhatIsNoObject() {
        let report = LintFixture.report("a: 1\n---\n- 2\n---\nkind: Canary\n---\napiVersion: 1\nkind: Canary\n")
        #expect(
            report.faults.map(\.summary) == [
                "a.yaml:1:1: no apiVersion and no kind, expected a Kubernetes object",
                "a.yaml:3:1: array, expected a Kubernetes object",
                "a.yaml:5:1: no apiVersion, expected a Kubernetes object",
                "a.yaml:7:1: apiVersion and kind are not both names, expected a Kubernetes object",
            ]
        )
        #expect(report.exitCode == 65)
    }

    @Test func namesTheItemThatIsNoObject() {
        let report = LintFixture.report("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- 7\n")
        #expect(report.faults.map(\.summary) == ["a.yaml:6:3: number, expected a Kubernetes object"])
    }

    @Test func judgesWhatIsReadableBesideAFault() {
        let report = LintFixture.report(
            LintFixture.deployment + "---\nspec:\n  a: [1\n---\n"
                + LintFixture.canary("maxWeight: 50", "maxWeight: 150")
        )
        #expect(report.faults.count == 1)
        #expect(report.faults.first?.summary.hasPrefix("a.yaml:10:1: parse YAML: ") == true)
        #expect(report.faults.first?.excerpt != nil)
        #expect(report.places == ["a.yaml:27:5 deny canary/max-weight-above-100"])
        #expect(report.exitCode == 65)
    }

    @Test func namesTheKeyThatStandsTwice() {
        let report = LintFixture.report(
            LintFixture.canary("    threshold: 5\n", "    threshold: 5\n    threshold: 6\n")
        )
        #expect(report.faults.map(\.summary) == ["a.yaml:17:5: parse YAML: the key \"threshold\" stands twice"])
    }

    @Test func leavesKustomizesOwnFileAlone() {
        let source = Source(name: "base/kustomization.yaml", bytes: Array("resources: [a.yaml]\n".utf8))
        let report = Linter(types: LintFixture.types).report(on: [source])
        #expect(report.exitCode == 0)
        #expect(report.passedOver == 1)
    }

    @Test func tellsHowFarItIs() {
        let source = Source(
            name: "a.yaml",
            bytes: Array((LintFixture.canary + "---\n" + LintFixture.deployment).utf8)
        )
        var steps: [String] = []
        _ = Linter(types: LintFixture.types).report(on: [source]) { steps.append("\($0)/\($1)") }
        #expect(steps == ["1/4", "2/4", "2/4", "3/4"])
    }
}
