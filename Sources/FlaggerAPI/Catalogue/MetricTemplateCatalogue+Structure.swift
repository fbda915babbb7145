import Schema

/// Fields: known, there, of the right type and form.
extension MetricTemplateCatalogue {
    static let structure: [Rule] = [
        Rule(
            "metrictemplate/unknown-field",
            "a field must be one that a MetricTemplate has",
            consequence: """
                The API server drops a field that Flagger's CRD does not declare, without a word, and the \
                template is stored without it.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      query: null
                      querry: sum(up)
                    """,
                right: """
                    spec:
                      query: sum(up)
                    """
            )
        ),
        Rule(
            "metrictemplate/missing-field",
            "a field that is needed must be there",
            consequence: """
                There is nothing to ask, or nobody to ask it of. Each check that uses the template fails, and \
                good revisions are rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      query: null
                    """,
                right: """
                    spec:
                      query: sum(up)
                    """
            )
        ),
        Rule(
            "metrictemplate/wrong-type",
            "a field must have the type that it is read as",
            consequence: """
                The CRD refuses some of these without saying which quotes to take away. What it lets through, \
                Flagger cannot decode; one such object stops the controller's list of all templates.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider:
                        insecureSkipVerify: "true"
                    """,
                right: """
                    spec:
                      provider:
                        insecureSkipVerify: true
                    """
            )
        ),
        Rule(
            "metrictemplate/not-a-choice",
            "a field with a list of values must have one of them",
            consequence: """
                Flagger's CRD refuses it with a list. Without that CRD an unknown type is taken for prometheus, \
                in silence, and the query is sent to the wrong kind of server.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider:
                        type: promethius
                    """,
                right: """
                    spec:
                      provider:
                        type: prometheus
                    """
            )
        ),
        Rule(
            "metrictemplate/not-a-url",
            "an address must be a URL with scheme and host",
            consequence: """
                Each query fails, so each check fails, and good revisions are rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      provider:
                        address: prometheus.monitoring:9090
                    """,
                right: """
                    spec:
                      provider:
                        address: http://prometheus.monitoring:9090
                    """
            )
        ),
        Rule(
            "metrictemplate/not-supported-yet",
            .warn,
            scope: .loop,
            "the loop here reads no MetricTemplates yet",
            consequence: """
                The template is stored, and nothing asks its query. Canaries that refer to it are refused while \
                the loop drives them.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      query: sum(up)
                    """,
                right: """
                    kind: Canary
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange:
                            min: 99
                    """
            )
        ),
    ]
}
