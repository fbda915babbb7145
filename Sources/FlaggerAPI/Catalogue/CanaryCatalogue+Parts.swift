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
            "canary/port-name",
            "spec.service.portName must be a name that a Service's port can have",
            consequence: """
                The Service that is made with it is refused by the API server at every tick, and the Canary \
                never gets beyond its first phase.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        portName: my_port
                    """,
                right: """
                    spec:
                      service:
                        portName: my-port
                    """
            )
        ),
        Rule(
            "canary/target-port",
            "spec.service.targetPort must be a port that a container can have",
            consequence: """
                The Service that is made with it is refused by the API server at every tick, and the Canary \
                never gets beyond its first phase.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        targetPort: 98980
                    """,
                right: """
                    spec:
                      service:
                        targetPort: 9898
                    """
            )
        ),
        Rule(
            "canary/not-a-label-value",
            "labels of Services and routes must have values that labels can have",
            consequence: """
                The Service or the HTTPProxy that is made with it is refused by the API server at every tick, and \
                the Canary never gets beyond its first phase.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        apex:
                          labels:
                            team: web team
                    """,
                right: """
                    spec:
                      service:
                        apex:
                          labels:
                            team: web-team
                    """
            )
        ),
        Rule(
            "canary/empty-name",
            "a metric, a hook and a cookie must have a name",
            consequence: """
                A cookie without a name makes the HTTPProxy invalid, and a metric or a hook without one cannot be \
                told of in events and in the status, nor be found there again.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                          - name: ""
                            url: http://load-tester.test/
                    """,
                right: """
                    spec:
                      analysis:
                        webhooks:
                          - name: load-test
                            url: http://load-tester.test/
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
        Rule(
            "canary/deprecated-field",
            .warn,
            "a Canary of v1alpha3 should be written in v1beta1",
            consequence: """
                The old version is converted and goes on working here, but no tool of today's Flagger knows it: its \
                CRD has no such version, and its documentation uses the new names alone.
                """,
            examples: RuleExample(
                wrong: """
                    apiVersion: flagger.app/v1alpha3
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
                    apiVersion: flagger.app/v1beta1
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
    ]
}
