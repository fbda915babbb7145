import Schema

/// What Flagger reads otherwise than one would think.
extension CanaryCatalogue {
    static let flagger: [Rule] = [
        Rule(
            "canary/duration-units",
            scope: .flagger,
            "a duration must begin with whole minutes or seconds",
            consequence: """
                Flagger's CRD lets 90s and 2m pass and refuses 1h and 1.5m, with a regular expression as its only \
                words.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        interval: 1h
                        threshold: 1
                    """,
                right: """
                    spec:
                      analysis:
                        interval: 60m
                        threshold: 1
                    """
            )
        ),
        Rule(
            "canary/retry-on-required",
            scope: .flagger,
            "retries on Contour must say what is tried again",
            consequence: """
                Without retryOn Flagger writes an empty condition into the HTTPProxy, which Contour's CRD refuses. \
                By then the target has been scaled to 0: there is no route, and no pod behind it.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        retries: {attempts: 3}
                    """,
                right: """
                    spec:
                      service:
                        retries: {attempts: 3, retryOn: "connect-failure,reset"}
                    """
            )
        ),
        Rule(
            "canary/threshold-is-maximum",
            .warn,
            scope: .flagger,
            "the single threshold of a metric of one's own is its maximum",
            consequence: """
                Only for request-success-rate threshold is a minimum. A share of good requests with threshold: 99 \
                fails from 99.1 on, and passes at 0.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          threshold: 99
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: test}
                    spec:
                      provider: {type: prometheus, address: "http://prometheus.monitoring:9090"}
                      query: 'sum(rate(errors_total{app="{{ target }}"}[{{ interval }}]))'
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors}
                          interval: 1m
                          thresholdRange: {min: 99}
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
            "canary/alert-never-sent",
            .warn,
            scope: .flagger,
            "an alert must have a severity",
            consequence: """
                Flagger holds the severity of a message against that of the alert, and an empty one is below all: \
                nobody is ever told. Where the Canary has alerts, the global notifier is silent too.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        alerts:
                        - {name: chat, severity: "", providerRef: {name: slack}}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: AlertProvider
                    metadata: {name: slack, namespace: test}
                    spec: {type: slack, address: "https://hooks.example/1"}
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
                    spec: {type: slack, address: "https://hooks.example/1"}
                    """
            )
        ),
        Rule(
            "canary/cross-namespace",
            scope: .flagger,
            "references may not leave the namespace, where that is set",
            consequence: """
                Flagger's flag -no-cross-namespace-refs is looked at when a Canary is first seen: one that is \
                changed later may ask with the Secrets of another namespace. Here it holds for every change, with \
                the flag of the same name.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          templateRef: {name: errors, namespace: prod}
                          interval: 1m
                          thresholdRange: {max: 1}
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata: {name: errors, namespace: prod}
                    spec:
                      provider: {type: prometheus, address: "http://prometheus.monitoring:9090"}
                      query: 'sum(rate(errors_total{app="{{ target }}"}[{{ interval }}]))'
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
            "canary/weights-reset",
            .warn,
            scope: .flagger,
            "the route should not be changed while a run divides the traffic",
            consequence: """
                Flagger writes the HTTPProxy anew, with all traffic on the primary, and begins at weight 0 again: \
                the hooks that go before a run are called once more, and metrics are not measured.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        timeout: 20s
                    """,
                right: """
                    spec:
                      analysis:
                        threshold: 5
                    """,
                stored: """
                    status: {phase: Progressing, canaryWeight: 10}
                    """
            )
        ),
        Rule(
            "canary/live-weight-missing",
            scope: .flagger,
            "the live weight must stay in stepWeights",
            consequence: """
                Flagger looks for the live weight in the list to find the next one. Where it is not there, the \
                next is all of the traffic.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights: [20, 40]
                    """,
                right: """
                    spec:
                      analysis:
                        stepWeight: null
                        maxWeight: null
                        stepWeights: [10, 20, 40]
                    """,
                stored: """
                    spec: {analysis: {stepWeight: null, maxWeight: null, stepWeights: [10, 30]}}
                    status: {phase: Progressing, canaryWeight: 10}
                    """
            )
        ),
    ]
}
