import Admission
import FlaggerAPI
import JSON
import Schema
import Testing

@Suite struct OtherKindTests {
    private let template: JSONValue = [
        "apiVersion": "flagger.app/v1beta1",
        "kind": "MetricTemplate",
        "metadata": ["name": "errors", "namespace": "test"],
        "spec": [
            "provider": ["type": "prometheus", "address": "http://prometheus.monitoring:9090"],
            "query": "sum(up)",
        ],
    ]

    private let provider: JSONValue = [
        "apiVersion": "flagger.app/v1beta1",
        "kind": "AlertProvider",
        "metadata": ["name": "chat", "namespace": "test"],
        "spec": ["type": "slack", "address": "https://hooks.example/1"],
    ]

    private func texts(_ webhook: any Webhook, _ object: JSONValue) throws -> [String] {
        let request = try CanaryFixture.request(object, kind: object["kind"]?.string ?? "")
        return try webhook.verdict(on: request, in: ClusterView(), now: CanaryFixture.now).findings.map(\.text)
    }

    @Test func acceptsGoodOnesAndSaysThatTheLoopReadsNone() throws {
        #expect(
            try texts(FlaggerValidator(.metricTemplate), template) == [
                """
                kind: only the builtin metrics are measured; use those in the Canary [metrictemplate/not-supported-yet]
                """
            ]
        )
        #expect(
            try texts(FlaggerValidator(.alertProvider), provider) == [
                "kind: no alert is sent; read the Canary's Events [alertprovider/not-supported-yet]"
            ]
        )
    }

    @Test func acceptsGoodOnesForFlagger() throws {
        #expect(try texts(FlaggerValidator(.metricTemplate, judge: Judge(isDriving: false)), template).isEmpty)
        #expect(try texts(FlaggerValidator(.alertProvider, judge: Judge(isDriving: false)), provider).isEmpty)
    }

    @Test func refusesAWrongMetricTemplate() throws {
        var wrong = template
        wrong[path: "spec", "provider", "type"] = "promethius"
        wrong[path: "spec", "querry"] = "up"
        wrong[path: "spec", "query"] = nil
        #expect(
            try texts(FlaggerValidator(.metricTemplate, judge: Judge(isDriving: false)), wrong) == [
                "spec.querry: unknown field; did you mean \"query\"? [metrictemplate/unknown-field]",
                """
                spec.provider.type: not a known value; did you mean "prometheus"? Write one of prometheus, influxdb, \
                datadog, externalmetrics, stackdriver, cloudwatch, newrelic, graphite, dynatrace, keptn, splunk \
                [metrictemplate/not-a-choice]
                """,
            ]
        )
    }

    @Test func refusesAWrongAlertProvider() throws {
        var wrong = provider
        wrong[path: "spec", "type"] = nil
        wrong[path: "spec", "address"] = "hooks.example/1"
        #expect(
            try texts(FlaggerValidator(.alertProvider, judge: Judge(isDriving: false)), wrong) == [
                """
                spec.type: must be there; write one of slack, msteams, discord, rocket, gchat \
                [alertprovider/missing-field]
                """,
                """
                spec.address: not a URL such as http://load-tester.test/; write http://hooks.example/1 \
                [alertprovider/not-a-url]
                """,
            ]
        )
    }
}
