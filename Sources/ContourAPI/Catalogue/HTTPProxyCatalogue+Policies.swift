import Schema

/// Timeouts, retries, health checks and the sharing of endpoints.
extension HTTPProxyCatalogue {
    static let policies: [Rule] = [
        Rule(
            "httpproxy/timeout-invalid",
            "a timeout is a duration, or infinity",
            consequence: """
                The CustomResourceDefinition takes a unit without a number, and an older one takes anything. Contour \
                then marks the object invalid (`RouteError/TimeoutPolicyNotValid`) and drops all of its routes, those \
                of its includes among them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        timeoutPolicy:
                          response: "15"
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        timeoutPolicy:
                          response: 15s
                    """
            )
        ),
        Rule(
            "httpproxy/per-try-timeout-ignored",
            .warn,
            "the time of each try is a duration",
            consequence: """
                Contour ignores a text that is none, without a word: a try then takes as long as the whole response \
                may.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        retryPolicy:
                          count: 3
                          perTryTimeout: infinity
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        retryPolicy:
                          count: 3
                          perTryTimeout: 2s
                    """
            )
        ),
        Rule(
            "httpproxy/retry-count",
            "the number of retries is -1 or more",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        retryPolicy:
                          count: -2
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        retryPolicy:
                          count: -1
                    """
            )
        ),
        Rule(
            "httpproxy/retry-on-unknown",
            "a reason to retry is one that Envoy knows",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; where an older one lets it \
                through, nobody else looks, and the request is not tried again.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        retryPolicy:
                          count: 3
                          retryOn:
                          - 5XX
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        retryPolicy:
                          count: 3
                          retryOn:
                          - 5xx
                    """
            )
        ),
        Rule(
            "httpproxy/retriable-status-codes-unused",
            .warn,
            "statuses to retry after go with the reason retriable-status-codes",
            consequence: """
                Contour reports nothing, and Envoy does not look at the statuses: such answers are handed on at once.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        retryPolicy:
                          count: 3
                          retriableStatusCodes:
                          - 503
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        retryPolicy:
                          count: 3
                          retryOn:
                          - retriable-status-codes
                          retriableStatusCodes:
                          - 503
                    """
            )
        ),
        Rule(
            "httpproxy/health-check-path",
            "a health check asks for a path",
            consequence: """
                Neither the CustomResourceDefinition nor Contour looks at it. Envoy refuses the service, and with it \
                all of its services: one such object holds back everybody's later changes, while the status of all of \
                them says valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: ""
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: /healthz
                    """
            )
        ),
        Rule(
            "httpproxy/health-check-negative",
            "the times of a health check are not below 0",
            consequence: """
                Neither the CustomResourceDefinition nor Contour looks at it. Envoy refuses the service, and with it \
                all of its services: one such object holds back everybody's later changes, while the status of all of \
                them says valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: /healthz
                          intervalSeconds: -5
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: /healthz
                          intervalSeconds: 5
                    """
            )
        ),
        Rule(
            "httpproxy/health-check-statuses",
            "statuses of a health check are between 100 and 600",
            consequence: """
                Contour marks the object invalid (`RouteError/HealthCheckPolicyInvalid`) and drops all of its routes, \
                those of its includes among them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: /healthz
                          expectedStatuses:
                          - start: 200
                            end: 700
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: /healthz
                          expectedStatuses:
                          - start: 200
                            end: 300
                    """
            )
        ),
        Rule(
            "httpproxy/health-check-status-empty",
            "a range of statuses ends after it begins",
            consequence: """
                Neither the CustomResourceDefinition nor Contour looks at it. Envoy refuses the service, and with it \
                all of its services: one such object holds back everybody's later changes, while the status of all of \
                them says valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: /healthz
                          expectedStatuses:
                          - start: 204
                            end: 204
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: /healthz
                          expectedStatuses:
                          - start: 204
                            end: 205
                    """
            )
        ),
        Rule(
            "httpproxy/strategy-unknown",
            .warn,
            "a strategy is one that Contour knows",
            consequence: """
                Contour reports nothing and takes RoundRobin.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        loadBalancerPolicy:
                          strategy: LeastRequest
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        loadBalancerPolicy:
                          strategy: WeightedLeastRequest
                    """
            )
        ),
        Rule(
            "httpproxy/hash-policy-ignored",
            .warn,
            "a hash policy has one source, which no other has",
            consequence: """
                Contour notes it (`SpecError/IgnoredField`, a warning in the status) and leaves the entry out: \
                requests are shared by the others alone.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        loadBalancerPolicy:
                          strategy: RequestHash
                          requestHashPolicies:
                          - hashSourceIP: true
                          - hashSourceIP: true
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        loadBalancerPolicy:
                          strategy: RequestHash
                          requestHashPolicies:
                          - hashSourceIP: true
                    """
            )
        ),
        Rule(
            "httpproxy/hash-policies-missing",
            .warn,
            "RequestHash has something to hash",
            consequence: """
                Contour notes it (`SpecError/IgnoredField`, a warning in the status) and takes RoundRobin.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        loadBalancerPolicy:
                          strategy: RequestHash
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        loadBalancerPolicy:
                          strategy: RequestHash
                          requestHashPolicies:
                          - hashSourceIP: true
                    """
            )
        ),
    ]
}
