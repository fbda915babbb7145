import Schema

/// Whom a MetricTemplate asks.
extension MetricTemplateCatalogue {
    static let providers: [Rule] = [
        Rule(
            "metrictemplate/address-missing",
            "a server must have an address",
            consequence: """
                Prometheus, Graphite, InfluxDB, Dynatrace and Splunk are wherever they were installed. Without an \
                address every check that uses the template fails.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: {address: null}
                    """,
                right: """
                    spec:
                      provider: {address: "http://prometheus.monitoring:9090"}
                    """
            )
        ),
        Rule(
            "metrictemplate/region-missing",
            "CloudWatch must have a region",
            consequence: "Without a region every check that uses the template fails.",
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: {type: cloudwatch, address: null}
                      query: '[{"Id": "e1", "Expression": "m1"}]'
                    """,
                right: """
                    spec:
                      provider: {type: cloudwatch, address: null, region: eu-central-1}
                      query: '[{"Id": "e1", "Expression": "m1"}]'
                    """
            )
        ),
        Rule(
            "metrictemplate/secret-needed",
            "a server that wants credentials must have a Secret",
            consequence: """
                Datadog, New Relic, InfluxDB, Stackdriver, Dynatrace and Splunk are asked with credentials from a \
                Secret beside the template. Without one every check fails.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: {type: datadog, address: null}
                      query: 'avg:errors{app:podinfo}'
                    """,
                right: """
                    spec:
                      provider: {type: datadog, address: null, secretRef: {name: datadog}}
                      query: 'avg:errors{app:podinfo}'
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: datadog, namespace: test}
                    type: Opaque
                    data: {datadog_api_key: "", datadog_application_key: ""}
                    """
            )
        ),
        Rule(
            "metrictemplate/secret",
            .warn,
            scope: .flagger,
            "the Secret must be there, with its keys",
            consequence: """
                Every check that uses the template fails until it is. Only the names of keys are looked at here, \
                never their values.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: {secretRef: {name: prometheus}}
                    """,
                right: """
                    spec:
                      provider: {secretRef: {name: prometheus}}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: prometheus, namespace: test}
                    type: Opaque
                    data: {token: ""}
                    """
            )
        ),
        Rule(
            "metrictemplate/ignored-field",
            .warn,
            "a field must mean something to the server",
            consequence: "Flagger reads the field for other servers alone, and passes it over in silence.",
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: {region: eu-central-1}
                    """,
                right: """
                    spec:
                      provider: {region: null}
                    """
            )
        ),
    ]
}
