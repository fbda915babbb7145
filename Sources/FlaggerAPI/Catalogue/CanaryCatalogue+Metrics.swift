import Schema

/// What is measured, and what it is held against.
extension CanaryCatalogue {
    static let metrics: [Rule] = [
        Rule(
            "canary/no-checks",
            .warn,
            "something should be measured or asked",
            consequence: """
                Every revision passes: the traffic goes up step by step and nothing can stop it.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics: null
                        webhooks: null
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange:
                            min: 99
                        webhooks: null
                    """
            )
        ),
        Rule(
            "canary/unknown-metric",
            "a metric must be a builtin one or say how it is measured",
            consequence: """
                There is no query to ask, each check fails, and every revision is rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-sucess-rate
                          interval: 1m
                          thresholdRange:
                            min: 99
                    """,
                right: """
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
        Rule(
            "canary/builtin-and-own",
            scope: .flagger,
            "a builtin metric has no query of its own",
            consequence: """
                Both the builtin query and the own one are asked and held against the one bound, which can suit \
                one of them at most.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange:
                            min: 99
                          templateRef:
                            name: errors
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata:
                      name: errors
                      namespace: test
                    spec:
                      provider:
                        type: prometheus
                        address: http://prometheus.monitoring:9090
                      query: sum(rate(errors_total[{{ interval }}]))
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          interval: 1m
                          thresholdRange:
                            max: 1
                          templateRef:
                            name: errors
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata:
                      name: errors
                      namespace: test
                    spec:
                      provider:
                        type: prometheus
                        address: http://prometheus.monitoring:9090
                      query: sum(rate(errors_total[{{ interval }}]))
                    """
            )
        ),
        Rule(
            "canary/template-without-interval",
            scope: .flagger,
            "a metric with a template must have an interval",
            consequence: """
                The window of the query is empty, so the metric server answers with an error, each check fails, \
                and every revision is rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          thresholdRange:
                            max: 1
                          templateRef:
                            name: errors
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata:
                      name: errors
                      namespace: test
                    spec:
                      provider:
                        type: prometheus
                        address: http://prometheus.monitoring:9090
                      query: sum(rate(errors_total[{{ interval }}]))
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: errors
                          interval: 1m
                          thresholdRange:
                            max: 1
                          templateRef:
                            name: errors
                    ---
                    apiVersion: flagger.app/v1beta1
                    kind: MetricTemplate
                    metadata:
                      name: errors
                      namespace: test
                    spec:
                      provider:
                        type: prometheus
                        address: http://prometheus.monitoring:9090
                      query: sum(rate(errors_total[{{ interval }}]))
                    """
            )
        ),
        Rule(
            "canary/no-bound",
            "a metric must have a bound",
            consequence: """
                A success rate then always passes, and of anything else each value above 0 fails.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                    """,
                right: """
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
        Rule(
            "canary/empty-bound",
            "thresholdRange must hold a bound",
            consequence: """
                Without min and max each value passes, so the metric is asked for nothing.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange: {}
                    """,
                right: """
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
        Rule(
            "canary/bounds-crossed",
            "min may not be above max",
            consequence: """
                No value lies between them, so each check fails and every revision is rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-duration
                          interval: 1m
                          thresholdRange:
                            min: 500
                            max: 100
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-duration
                          interval: 1m
                          thresholdRange:
                            min: 100
                            max: 500
                    """
            )
        ),
        Rule(
            "canary/success-rate-above-100",
            "a success rate is at most 100 percent",
            consequence: "No revision can reach it, so each is rolled back.",
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange:
                            min: 101
                    """,
                right: """
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
        Rule(
            "canary/success-rate-ratio",
            .warn,
            "a success rate is a percentage, not a ratio",
            consequence: """
                0.99 is read as 0.99 percent: a revision that fails 99 requests of 100 is promoted.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange:
                            min: 0.99
                    """,
                right: """
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
        Rule(
            "canary/duration-below-1ms",
            "a duration is in milliseconds, 1 or more",
            consequence: """
                0.5 is half a millisecond, not half a second, and is read as 0. Each check fails, and every \
                revision is rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-duration
                          interval: 1m
                          thresholdRange:
                            max: 0.5
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-duration
                          interval: 1m
                          thresholdRange:
                            max: 500
                    """
            )
        ),
        Rule(
            "canary/duration-fraction",
            "a duration is a whole number of milliseconds",
            consequence: """
                What stands behind the point is cut off, so the bound is another one than was written.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-duration
                          interval: 1m
                          thresholdRange:
                            max: 250.5
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-duration
                          interval: 1m
                          thresholdRange:
                            max: 250
                    """
            )
        ),
    ]
}
