import JSON
import Lint
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReportFormatTests {
    private func report() -> LintReport {
        LintFixture.report(
            LintFixture.canary("maxWeight: 50", "maxWeight: 150"),
            LintFixture.replacing("- prefix: /", "- exact: /", in: LintFixture.proxy),
            "spec: {}\n"
        )
    }

    @Test func writesForPeople() {
        let report = report()
        #expect(
            ReportFormat.text.text(of: report, version: "1.2.3") == """
                a.yaml:10:5: warn spec.targetRef.name: no such Deployment yet (not in these files); apply it too [canary/target-missing]
                    name: podinfo
                    ^
                a.yaml:17:5: deny spec.analysis.maxWeight: more than all of the traffic (100), which no step can reach; write a maxWeight of 1 to 100 [canary/max-weight-above-100]
                    maxWeight: 150
                    ^
                b.yaml:12:7: deny spec.includes[0].conditions[0].exact: an include takes no exact path, so the include is passed over (Contour: IncludeError/PathMatchConditionsNotValid); write a prefix [httpproxy/include-path-conditions]
                    - exact: /
                      ^
                note: what is not in these files may be in the cluster; --cluster looks there too
                2 objects, 2 denied, 1 warning, 1 unreadable

                """
        )
        let colored = ReportFormat.text.text(of: report, version: "1.2.3", isColored: true)
        #expect(colored.contains("\u{1B}[1ma.yaml:17:5:\u{1B}[0m \u{1B}[1;31mdeny\u{1B}[0m spec.analysis.maxWeight: "))
    }

    @Test func writesJSON() throws {
        let value = try JSONValue(parsing: ReportFormat.json.text(of: report(), version: "1.2.3"))
        #expect(value.array?.count == 3)
        #expect(
            value[1] == [
                "rule": "canary/max-weight-above-100", "severity": "deny", "apiVersion": "flagger.app/v1beta1",
                "kind": "Canary", "namespace": "test", "name": "podinfo", "path": "spec.analysis.maxWeight",
                "message": "more than all of the traffic (100), which no step can reach",
                "suggestion": "write a maxWeight of 1 to 100", "page": "docs/rules/canary/max-weight-above-100.md",
                "file": "a.yaml", "line": 17, "column": 5,
            ]
        )
        #expect(value[2]?["condition"] == ["type": "IncludeError", "reason": "PathMatchConditionsNotValid"])
        let nothing = LintFixture.report(LintFixture.deployment)
        #expect(ReportFormat.json.text(of: nothing, version: "1.2.3") == "[]\n")
    }

    @Test func writesSARIF() throws {
        let source = Source(name: "./a b.yaml", bytes: Array(LintFixture.canary("Weight: 50", "Weight: 150").utf8))
        var report = Linter(types: LintFixture.types).report(on: [source])
        report.faults.append(InputFault(file: "/tmp/é.yaml", reason: "read: no such file or directory"))
        let log = try JSONValue(parsing: ReportFormat.sarif.text(of: report, version: "1.2.3"))
        #expect(log["version"] == "2.1.0")
        let run = log["runs"]?[0] ?? .null
        #expect(run[path: "tool", "driver", "version"] == "1.2.3")
        let rules = run[path: "tool", "driver", "rules"]?.array ?? []
        #expect(rules.map { $0["id"] } == ["canary/target-missing", "canary/max-weight-above-100"])
        #expect(rules.map { $0[path: "defaultConfiguration", "level"] } == ["warning", "error"])
        let result = run["results"]?[1] ?? .null
        #expect(result["ruleId"] == "canary/max-weight-above-100")
        #expect(result["ruleIndex"] == 1)
        #expect(result["level"] == "error")
        #expect(
            result["locations"]?[0]?["physicalLocation"] == [
                "artifactLocation": ["uri": "a%20b.yaml"], "region": ["startLine": 17, "startColumn": 5],
            ]
        )
        let invocation = run["invocations"]?[0] ?? .null
        #expect(invocation["executionSuccessful"] == false)
        #expect(
            invocation["toolExecutionNotifications"]?[0]?["locations"]?[0]?["physicalLocation"] == [
                "artifactLocation": ["uri": "file:///tmp/%C3%A9.yaml"]
            ]
        )
    }

    @Test func keepsSuppressedFindingsInSARIF() throws {
        let text = LintFixture.canary(
            "Weight: 50",
            "Weight: 150 # canarygate:ignore canary/max-weight-above-100 a trial"
        )
        let report = LintFixture.report(text, LintFixture.deployment)
        let log = try JSONValue(parsing: ReportFormat.sarif.text(of: report, version: "1.2.3"))
        let results = log["runs"]?[0]?["results"]?.array ?? []
        #expect(results.map { $0["suppressions"] } == [[["kind": "inSource", "justification": "a trial"]]])
    }

    @Test func writesJUnit() {
        let other = LintFixture.replacing(
            "name: podinfo\n  namespace",
            "name: \"<&\\\"\\u0001\"\n  namespace",
            in: LintFixture.proxy
        )
        let report = LintFixture.report(
            LintFixture.canary("Weight: 50", "Weight: 150"),
            LintFixture.deployment + "---\n" + other.split(separator: "x").joined(separator: "x"),
            "spec: {}\n"
        )
        let text = ReportFormat.junit.text(of: report, version: "1.2.3")
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="canarygate lint" tests="3" failures="1" errors="1">
                  <testsuite name="a.yaml" tests="1" failures="1" errors="0">
                    <testcase name="Canary test/podinfo" classname="a.yaml">
                      <failure type="deny" message="spec.analysis.maxWeight: more than all of the traffic (100), which no step can reach; write a maxWeight of 1 to 100 [canary/max-weight-above-100]">a.yaml:17:5: deny spec.analysis.maxWeight: more than all of the traffic (100), which no step can reach; write a maxWeight of 1 to 100 [canary/max-weight-above-100]</failure>
                    </testcase>
                  </testsuite>
                  <testsuite name="b.yaml" tests="1" failures="0" errors="0">
                    <testcase name="HTTPProxy test/ingress" classname="b.yaml"/>
                  </testsuite>
                  <testsuite name="c.yaml" tests="1" failures="0" errors="1">
                    <testcase name="line 1" classname="c.yaml">
                      <error type="unreadable" message="no apiVersion and no kind, expected a Kubernetes object">c.yaml:1:1: no apiVersion and no kind, expected a Kubernetes object</error>
                    </testcase>
                  </testsuite>
                </testsuites>

                """
        )
    }

    @Test func escapesNamesInXML() {
        let text = """
            apiVersion: flagger.app/v1beta1
            kind: MetricTemplate
            metadata: {name: "<&\\"\\x01", namespace: a}
            spec: {query: "1", provider: {type: prometheus, address: "http://p"}}

            """
        let report = LintFixture.report(text, level: .deny)
        #expect(
            ReportFormat.junit.text(of: report, version: "1")
                .contains("<testcase name=\"MetricTemplate a/&lt;&amp;&quot;\u{FFFD}\" classname=\"a.yaml\"/>")
        )
    }

    @Test func writesGitHubsCommands() {
        let source = Source(name: "a,b:c%.yaml", bytes: Array(LintFixture.canary("Weight: 50", "Weight: 150").utf8))
        var report = Linter(types: LintFixture.types, level: .deny).report(on: [source])
        report.faults.append(InputFault(file: "x.yaml", reason: "100 %\nwrong"))
        #expect(
            ReportFormat.github.text(of: report, version: "1.2.3") == """
                ::error file=a%2Cb%3Ac%25.yaml,line=17,col=5,title=Canary test/podinfo%3A canary/max-weight-above-100::spec.analysis.maxWeight: more than all of the traffic (100), which no step can reach; write a maxWeight of 1 to 100 [canary/max-weight-above-100]
                ::error file=x.yaml,title=unreadable::100 %25%0Awrong

                """
        )
    }
}
