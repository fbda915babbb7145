import Schema

/// The parts that a Canary must have, and the version that it is written in.
extension CanaryCatalogue {
    static let parts: [Rule] = [
        Rule(
            "canary/no-service",
            "a Canary must have a service",
            consequence: """
                There is no port to make Services and a route of. Flagger's Service is refused by the API server \
                at every tick, and the Canary never gets beyond its first phase.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service: null
                    """,
                right: """
                    spec:
                      service:
                        port: 80
                    """
            )
        ),
        Rule(
            "canary/port-out-of-range",
            "spec.service.port must be a port",
            consequence: """
                The Service that is made with it is refused by the API server at every tick, and the Canary \
                never gets beyond its first phase.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        port: 0
                    """,
                right: """
                    spec:
                      service:
                        port: 80
                    """
            )
        ),
        Rule(
            "canary/no-analysis",
            "a Canary must have an analysis",
            consequence: """
                Nothing says how a revision is judged. Flagger 0.23 reads it as an analysis of zeros and rolls \
                back at the first look.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: null
                    """,
                right: """
                    spec:
                      analysis:
                        interval: 30s
                        threshold: 5
                        stepWeight: 5
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange:
                            min: 99
                    """
            )
        ),
        Rule(
            "canary/renamed-analysis",
            "canaryAnalysis is called analysis now",
            consequence: """
                The old name is unknown to today's API, so the API server drops it in silence. The Canary is \
                stored without any analysis, and no revision is ever judged.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis: null
                      canaryAnalysis:
                        interval: 30s
                        threshold: 5
                        stepWeight: 5
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange:
                            min: 99
                    """,
                right: """
                    spec:
                      analysis:
                        interval: 30s
                        threshold: 5
                        stepWeight: 5
                        metrics:
                        - name: request-success-rate
                          interval: 1m
                          thresholdRange:
                            min: 99
                    """
            )
        ),
        Rule(
            "canary/api-version",
            "a Canary must be written in a version that is served",
            consequence: """
                The old versions are not served by today's Flagger, and what they called by other names is not \
                read. Tools that still send one get an answer that does not say what to change.
                """,
            examples: RuleExample(
                wrong: """
                    apiVersion: flagger.app/v1alpha1
                    """,
                right: """
                    apiVersion: flagger.app/v1beta1
                    """
            )
        ),
    ]
}
