import JSON
import Kubernetes
import TestSupport
import Testing

/// MetricTemplates and AlertProviders: the webhook speaks before the API server does.
extension KubectlAdmissionTests {
    @Test(arguments: ["create", "apply"])
    func refusesAWrongMetricTemplateWithEveryFault(verb: String) async throws {
        let cluster = try await clusterWithNamespace()
        let template: JSONValue = [
            "apiVersion": "flagger.app/v1beta1",
            "kind": "MetricTemplate",
            "metadata": ["name": "errors", "namespace": .string(namespace)],
            "spec": [
                "provider": ["type": "promethius", "address": "http://prometheus:9090"], "query": "up", "querry": 1,
            ],
        ]
        let outcome = try await cluster.kubectl(verb, "-f", "-", input: template.text)
        #expect(outcome.code == 1)
        #expect(
            outcome.errors == """
                Warning: kind: only the builtin metrics are measured; use those in the Canary \
                [metrictemplate/not-supported-yet]
                The MetricTemplate "errors" is invalid: 
                * spec.querry: Invalid value: 1: unknown field; did you mean "query"? [metrictemplate/unknown-field]
                * spec.provider.type: Invalid value: "promethius": not a known value; did you mean "prometheus"? Write \
                one of prometheus, influxdb, datadog, externalmetrics, stackdriver, cloudwatch, newrelic, graphite, \
                dynatrace, keptn, splunk [metrictemplate/not-a-choice]

                """,
            "\(outcome.errors)"
        )
    }
}
