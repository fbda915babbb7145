import Admission
import FlaggerAPI
import JSON
import Schema
import Testing

/// The queries of MetricTemplates: what the user reads.
@Suite(.timeLimit(.minutes(1))) struct TemplateQueryTests {
    private func texts(_ query: String, _ provider: JSONValue = ["type": "keptn"]) -> [String] {
        let template: JSONValue = ["spec": ["provider": provider, "query": .string(query)]]
        return MetricTemplateRules.findings(in: template, isDriven: false).map { "\($0.severity) \($0.text)" }
    }

    private func promQL(_ query: String) -> [String] {
        texts(query, ["type": "prometheus", "address": "http://prometheus:9090"])
    }

    @Test(arguments: [
        #"sum(rate(a{n="{{ namespace }}", p=~"{{ target }}-[0-9]+"}[{{ interval }}]))"#,
        #"sum(a{x="{{- variables.x -}}"}) {{/* a }} comment */}}"#,
        #"sum(a{x="{{ index variables "x" }}"})"#,
        #"sum(a{x="{{ if eq target "b" }}{{ service }}{{ else }}{{ printf "%s-x" name }}{{ end }}"})"#,
        #"sum(a{x="{{ with $y := variables }}{{ .x }}{{ $y.x }}{{ end }}"})"#,
        #"sum(a{x="{{ (print ingress route).y }}"})"#,
    ])
    func takesWhatFlaggerTakes(query: String) { #expect(promQL(query) == []) }

    @Test(arguments: [
        ("sum(a{x=\"{{ namespace }\"})", "a {{ is not closed by }}"),
        ("sum(a{x=\"{{ printf \"x }}\"})", "a {{ is not closed by }}"),
        ("sum(a{x=\"{{ }}\"})", "an action is empty"),
        ("sum(a{x=\"{{ end }}\"})", "an {{ end }} ends nothing"),
        ("sum(a{x=\"{{ else }}\"})", "an {{ else }} belongs to nothing"),
        ("sum(a{x=\"{{ if name }}\"})", "a block has no {{ end }}"),
        ("sum(a{x=\"{{ .target }}\"})", "there is no data to take .target from, write {{ target }}"),
    ])
    func refusesWhatIsNoTemplate(query: String, fault: String) {
        #expect(
            promQL(query) == [
                "deny spec.query: as a Go template \(fault); correct the template [metrictemplate/query-template]"
            ]
        )
    }

    @Test func refusesFunctionsThatFlaggerDoesNotGive() {
        #expect(
            promQL("sum(a{x=\"{{ pod }}\"})") == [
                """
                deny spec.query: {{ pod }} is nothing that Flagger knows, so every check would fail; write one of name, \
                namespace, target, service, ingress, route, interval, variables, or {{ variables.pod }} \
                [metrictemplate/query-function]
                """
            ]
        )
    }

    @Test(arguments: [
        ("sum(a{x=\"b)", "a text in quotes has no end"), ("sum(a))", "a ) closes nothing"),
        ("sum(a[5m)", "a ) closes nothing"), ("sum(a{x=\"b\"}", "a ( is not closed"),
    ])
    func refusesBrokenPromQL(query: String, fault: String) {
        #expect(
            promQL(query) == ["deny spec.query: as PromQL \(fault); correct the query [metrictemplate/query-syntax]"]
        )
    }

    @Test(arguments: [
        ("rate(a[{{ interval }}])", "of several series the last counts"), ("a[5m]", "a range is no single value"),
        ("scalar(sum(a))", "a scalar is not read"), ("1", "a scalar is not read"),
    ])
    func doubtsAnswersThatAreNoNumber(query: String, doubt: String) {
        #expect(
            promQL(query) == [
                "warn spec.query: \(doubt); write sum(...) or the like [metrictemplate/prometheus-result]"
            ]
        )
    }

    @Test func refusesWhatCloudWatchDoesNotRead() {
        let provider: JSONValue = ["type": "cloudwatch", "region": "eu-central-1"]
        let right = #"[{"Id": "e1", "Expression": "m1 / {{ variables.n }}", "Period": {{ variables.p }}}]"#
        #expect(texts(right, provider) == [])
        let remedy = "write a JSON array of MetricDataQuery objects [metrictemplate/query-syntax]"
        #expect(texts("[{]", provider) == ["deny spec.query: no JSON, as which CloudWatch is asked; \(remedy)"])
        for wrong in ["{}", "[]", "[1]"] {
            let problem = "not a JSON array of objects, as which CloudWatch is asked"
            #expect(texts(wrong, provider) == ["deny spec.query: \(problem); \(remedy)"])
        }
    }

    @Test(arguments: [
        (
            "keptn",
            [
                "keptnmetric/test/a", "keptnmetrics/test/a", "keptnmetric/test/a/2m/k=v", "analysis/test/a",
                "analysis/test/a/1m", "Analysis/test/a/1m/k=v;l=w", "analyses/test/a",
            ],
            ["keptnmetric/a", "a//b", "metric/test/a", "analysis/test//1m"]
        ),
        ("externalmetrics", ["queue", "test/queue?labelSelector=a%3Db"], ["a/b/c", "queue?selector=a", "/queue"]),
        ("graphite", ["target=a.b", "target=a&target=b"], ["a.b"]),
    ])
    func refusesWaysThatLeadNowhere(type: String, right: [String], wrong: [String]) {
        let provider: JSONValue = ["type": .string(type), "address": "http://a.test"]
        for query in right { #expect(texts(query, provider) == [], "\(query)") }
        for query in wrong {
            #expect(texts(query, provider).map { $0.hasSuffix("[metrictemplate/query-syntax]") } == [true], "\(query)")
        }
    }

    @Test(arguments: ["keptn", "datadog", "newrelic", "dynatrace"]) func refusesAnEmptyQuery(type: String) {
        let provider: JSONValue = ["type": .string(type), "address": "http://a.test", "secretRef": ["name": "s"]]
        #expect(texts(" \n", provider) == ["deny spec.query: empty; write what to ask [metrictemplate/query-syntax]"])
    }
}
