import Schema

/// What a MetricTemplate asks.
extension MetricTemplateCatalogue {
    static let queries: [Rule] = [
        Rule(
            "metrictemplate/query-template",
            "the query must be a Go template",
            consequence: """
                Flagger fills in the template at each check, without any data behind its dot. One that is no \
                template fails each check.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      query: 'sum(errors{namespace="{{ .namespace }}"})'
                    """,
                right: """
                    spec:
                      query: 'sum(errors{namespace="{{ namespace }}"})'
                    """
            )
        ),
        Rule(
            "metrictemplate/query-function",
            "the query may call what Flagger knows",
            consequence: """
                Flagger gives name, namespace, target, service, ingress, route, interval and variables, beside \
                Go's own functions. Anything else fails each check.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      query: 'sum(errors{namespace="{{ namspace }}"})'
                    """,
                right: """
                    spec:
                      query: 'sum(errors{namespace="{{ namespace }}"})'
                    """
            )
        ),
        Rule(
            "metrictemplate/query-syntax",
            "the query must be in the language of the server",
            consequence: """
                The server answers with an error, and each check fails. What can be told without asking is told \
                here: empty queries, brackets and quotes of PromQL, the JSON of CloudWatch, the paths of Keptn and \
                of external metrics, the targets of Graphite.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      query: 'sum(rate(errors_total[{{ interval }}])'
                    """,
                right: """
                    spec:
                      query: 'sum(rate(errors_total[{{ interval }}]))'
                    """
            )
        ),
        Rule(
            "metrictemplate/prometheus-result",
            .warn,
            "a Prometheus query should give one number",
            consequence: """
                Of several series the last counts, and which that is changes from check to check. A scalar or a \
                range is an error at each check.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      query: 'rate(errors_total[{{ interval }}])'
                    """,
                right: """
                    spec:
                      query: 'sum(rate(errors_total[{{ interval }}]))'
                    """
            )
        ),
        Rule(
            "metrictemplate/no-rows-are-zero",
            .warn,
            "a Flux query should always give a row",
            consequence: """
                Flagger takes no rows for the value 0, which is below every maximum: a revision without any data \
                is promoted. A min in the thresholdRange of the Canary helps too.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider: {type: influxdb, secretRef: {name: influx}}
                      query: 'from(bucket: "web") |> range(start: -1m) |> mean()'
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: influx, namespace: test}
                    type: Opaque
                    data: {token: "", org: ""}
                    """,
                right: """
                    spec:
                      provider: {type: influxdb, secretRef: {name: influx}}
                      query: 'union(tables: [from(bucket: "web") |> range(start: -1m), one]) |> mean()'
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: influx, namespace: test}
                    type: Opaque
                    data: {token: "", org: ""}
                    """
            )
        ),
    ]
}
