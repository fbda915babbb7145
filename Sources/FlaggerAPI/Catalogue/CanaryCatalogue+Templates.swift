import Schema

/// The MetricTemplates and AlertProviders that a Canary refers to.
extension CanaryCatalogue {
    static let templates: [Rule] = [
        Rule(
            "canary/template-missing",
            scope: .flagger,
            "the MetricTemplate must be there",
            consequence: """
                Each check fails, with a Warning event, and after threshold of them the revision is rolled back, \
                good or not. Where a tool applies everything in one go, apply templates before Canaries, or lower \
                this rule to warn.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          thresholdRange: {max: 1}
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          thresholdRange: {max: 1}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: test}
                    spec:
                      provider: {type: prometheus, address: "http://prometheus.monitoring:9090"}
                      query: 'sum(rate(errors_total{app="{{ target }}"}[{{ interval }}]))'
                    """
            )
        ),
        Rule(
            "canary/template-secret",
            scope: .flagger,
            "the Secret of the MetricTemplate must have the keys",
            consequence: """
                The metric server refuses each query, which counts as a failed check: every revision is rolled \
                back. Only the names of keys are looked at here, never their values.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          thresholdRange: {max: 1}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: test}
                    spec:
                      provider: {type: datadog, secretRef: {name: datadog}}
                      query: 'avg:errors{app:podinfo}'
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: datadog, namespace: test}
                    type: Opaque
                    data: {api_key: ""}
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          thresholdRange: {max: 1}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: test}
                    spec:
                      provider: {type: datadog, secretRef: {name: datadog}}
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
            "canary/template-window",
            scope: .flagger,
            "the window must be in the words of the template's provider",
            consequence: """
                Datadog, CloudWatch, New Relic, Dynatrace and Splunk are asked for a time that Flagger reckons \
                from the interval, as Go writes durations; Prometheus reads it in its own query. Anything else \
                fails each check. Graphite takes 1min.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1min
                          thresholdRange: {max: 1}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: test}
                    spec:
                      provider: {type: datadog, secretRef: {name: datadog}}
                      query: 'avg:errors{app:podinfo}'
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: datadog, namespace: test}
                    type: Opaque
                    data: {datadog_api_key: "", datadog_application_key: ""}
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          thresholdRange: {max: 1}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: test}
                    spec:
                      provider: {type: datadog, secretRef: {name: datadog}}
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
            "canary/template-variable",
            scope: .flagger,
            "each variable of the template must be given",
            consequence: """
                A variable that is asked for and not given is an error when the query is made, at each check: the \
                revision is rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          thresholdRange: {max: 1}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: test}
                    spec:
                      provider: {type: prometheus, address: "http://prometheus.monitoring:9090"}
                      query: 'sum(errors{pod="{{ variables.pod }}"})'
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          thresholdRange: {max: 1}
                          templateVariables: {pod: podinfo-0}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: test}
                    spec:
                      provider: {type: prometheus, address: "http://prometheus.monitoring:9090"}
                      query: 'sum(errors{pod="{{ variables.pod }}"})'
                    """
            )
        ),
        Rule(
            "canary/alert-provider-missing",
            scope: .flagger,
            "the AlertProvider must be there",
            consequence: """
                Flagger says in its log that it could not tell anyone, and nowhere else: a rollback goes \
                unnoticed. Where a tool applies everything in one go, apply providers before Canaries, or lower \
                this rule to warn.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        alerts:
                        - {name: chat, severity: info, providerRef: {name: slack}}
                    """,
                right: """
                    spec:
                      analysis:
                        alerts:
                        - {name: chat, severity: info, providerRef: {name: slack}}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: AlertProvider
                    metadata: {name: slack, namespace: test}
                    spec: {type: slack, secretRef: {name: slack}}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: slack, namespace: test}
                    type: Opaque
                    data: {address: ""}
                    """
            )
        ),
        Rule(
            "canary/alert-provider-secret",
            scope: .flagger,
            "the Secret of the AlertProvider must have the key address",
            consequence: """
                Flagger says in its log that it could not tell anyone, and nowhere else: a rollback goes \
                unnoticed. Only the names of keys are looked at here, never their values.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        alerts:
                        - {name: chat, severity: info, providerRef: {name: slack}}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: AlertProvider
                    metadata: {name: slack, namespace: test}
                    spec: {type: slack, secretRef: {name: slack}}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: slack, namespace: test}
                    type: Opaque
                    data: {url: ""}
                    """,
                right: """
                    spec:
                      analysis:
                        alerts:
                        - {name: chat, severity: info, providerRef: {name: slack}}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: AlertProvider
                    metadata: {name: slack, namespace: test}
                    spec: {type: slack, secretRef: {name: slack}}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: slack, namespace: test}
                    type: Opaque
                    data: {address: ""}
                    """
            )
        ),
    ]
}
