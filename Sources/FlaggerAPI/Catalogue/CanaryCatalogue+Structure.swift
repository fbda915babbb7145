import Schema

/// Fields: known, there, of the right type and form.
extension CanaryCatalogue {
    static let structure: [Rule] = [
        Rule(
            "canary/unknown-field",
            "a field must be one that a Canary has",
            consequence: """
                The API server drops a field that Flagger's CRD does not declare, without a word. The object is \
                stored without it, and what it should have said is left at its default: a misspelt threshold is \
                then 0, and the first look rolls a good revision back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        threshold: null
                        treshold: 5
                    """,
                right: """
                    spec:
                      analysis:
                        threshold: 5
                    """
            ),
            RuleExample(
                wrong: """
                    spec:
                      metrics:
                      - name: request-success-rate
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
            "canary/missing-field",
            "a field that is needed must be there",
            consequence: """
                The CRD refuses the object with one line of its own, or, where it does not, the field reads as \
                empty: a hook without a name cannot be told from another in events, and a reference without a \
                name points at nothing.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                        - url: http://load-tester.test/
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
            "canary/wrong-type",
            "a field must have the type that it is read as",
            consequence: """
                The CRD refuses some of these without saying which quotes to take away. What it lets through, \
                Flagger cannot decode; one such object stops the controller's list of all Canaries.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        threshold: "5"
                    """,
                right: """
                    spec:
                      analysis:
                        threshold: 5
                    """
            )
        ),
        Rule(
            "canary/not-a-choice",
            "a field with a list of values must have one of them",
            consequence: """
                A hook of an unknown type is never called, so the check that it was to make is never made. \
                Flagger's CRD refuses it with a list; without that CRD nothing does.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                        - name: smoke
                          type: pre-rolout
                          url: http://load-tester.test/
                    """,
                right: """
                    spec:
                      analysis:
                        webhooks:
                        - name: smoke
                          type: pre-rollout
                          url: http://load-tester.test/
                    """
            )
        ),
        Rule(
            "canary/not-a-whole-number",
            "a number that counts something must be whole",
            consequence: """
                Flagger's CRD says number and accepts a fraction; the controller reads an integer. One such \
                Canary fails the decoding of the whole list, so no Canary of the cluster moves on.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        threshold: 2.5
                    """,
                right: """
                    spec:
                      analysis:
                        threshold: 3
                    """
            )
        ),
        Rule(
            "canary/out-of-range",
            "a number must lie within its range",
            consequence: """
                Flagger takes the number and acts on it as far as it can: fewer than no retries is none, a \
                replica count below 1 is refused by the API server at every tick, after the rollout has begun.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        webhooks:
                        - name: smoke
                          url: http://load-tester.test/
                          retries: -1
                    """,
                right: """
                    spec:
                      analysis:
                        webhooks:
                        - name: smoke
                          url: http://load-tester.test/
                          retries: 1
                    """
            )
        ),
        Rule(
            "canary/not-a-url",
            "an address must be a URL with scheme and host",
            consequence: """
                Every call fails, so every check that needs it fails, and a good revision is rolled back after \
                as many checks as threshold allows.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      metricsServer: prometheus.monitoring:9090
                    """,
                right: """
                    spec:
                      metricsServer: http://prometheus.monitoring:9090
                    """
            )
        ),
        Rule(
            "canary/not-a-dns-subdomain",
            "a reference must be a name that an object can have",
            consequence: """
                No object can have such a name, so the reference points at nothing and never will. Flagger looks \
                for it at every tick and says in an event that it is not found.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      targetRef:
                        name: PodInfo
                    """,
                right: """
                    spec:
                      targetRef:
                        name: podinfo
                    """
            )
        ),
        Rule(
            "canary/not-a-dns-label",
            "a name of a Service or a namespace must be a DNS label",
            consequence: """
                The API server refuses the Services that are made for the Canary, at every tick, with an event \
                that is easy to miss. The Canary stays in its first phase.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        name: Podinfo
                    """,
                right: """
                    spec:
                      service:
                        name: podinfo
                    """
            )
        ),
        Rule(
            "canary/not-a-go-duration",
            "a length of time must be one in Go's form",
            consequence: """
                The pattern of Flagger's CRD lets some wrong ones through: an interval of 30sec is then read as \
                60 seconds, without a word, and a hook's timeout of 10sec makes each of its calls fail.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        interval: 30sec
                    """,
                right: """
                    spec:
                      analysis:
                        interval: 30s
                    """
            )
        ),
        Rule(
            "canary/not-a-timeout",
            "a route's timeout must be a length of time as Contour reads it",
            consequence: """
                The HTTPProxy that is made of it is refused at every tick, or marked invalid, in which case \
                Contour drops its routes.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        timeout: "15"
                    """,
                right: """
                    spec:
                      service:
                        timeout: 15s
                    """
            )
        ),
        Rule(
            "canary/not-a-prometheus-duration",
            "a metric's interval must be a length of time that Prometheus reads",
            consequence: """
                The interval is put into the query as it stands. Prometheus answers with a parse error, each \
                check fails, and the revision is rolled back.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 1.5m
                          thresholdRange:
                            min: 99
                    """,
                right: """
                    spec:
                      analysis:
                        metrics:
                        - name: request-success-rate
                          interval: 90s
                          thresholdRange:
                            min: 99
                    """
            )
        ),
    ]
}
