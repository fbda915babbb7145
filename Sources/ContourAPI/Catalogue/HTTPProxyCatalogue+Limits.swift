import Schema

/// How many requests are let through.
extension HTTPProxyCatalogue {
    static let limits: [Rule] = [
        Rule(
            "httpproxy/rate-limit-requests",
            "a limit lets at least one request through",
            consequence: """
                Contour marks the object invalid (`RouteError/RateLimitPolicyNotValid`, of a virtualhost \
                `VirtualHostError/RateLimitPolicyNotValid`). All routes of the object are dropped then, or nothing of \
                the host is served: no limit is set, but no request gets through either.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        rateLimitPolicy:
                          local:
                            requests: 0
                            unit: second
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        rateLimitPolicy:
                          local:
                            requests: 10
                            unit: second
                    """
            )
        ),
        Rule(
            "httpproxy/rate-limit-unit",
            "a limit counts by second, minute or hour",
            consequence: """
                Contour marks the object invalid (`RouteError/RateLimitPolicyNotValid`, of a virtualhost \
                `VirtualHostError/RateLimitPolicyNotValid`). All routes of the object are dropped then, or nothing of \
                the host is served: no limit is set, but no request gets through either.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        rateLimitPolicy:
                          local:
                            requests: 10
                            unit: day
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        rateLimitPolicy:
                          local:
                            requests: 10
                            unit: hour
                    """
            )
        ),
        Rule(
            "httpproxy/rate-limit-entry",
            "an entry of a descriptor is exactly one thing",
            consequence: """
                Contour marks the object invalid (`RouteError/RateLimitPolicyNotValid`, of a virtualhost \
                `VirtualHostError/RateLimitPolicyNotValid`). All routes of the object are dropped then, or nothing of \
                the host is served: no limit is set, but no request gets through either.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        rateLimitPolicy:
                          global:
                            descriptors:
                            - entries:
                              - genericKey:
                                  value: api
                                remoteAddress: {}
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        rateLimitPolicy:
                          global:
                            descriptors:
                            - entries:
                              - genericKey:
                                  value: api
                              - remoteAddress: {}
                    """
            )
        ),
        Rule(
            "httpproxy/rate-limit-regex",
            "an expression for a header in a descriptor is RE2",
            consequence: """
                Neither the CustomResourceDefinition nor Contour looks at it. Envoy refuses all routes of its \
                configuration: one such object holds back everybody's later changes, while the status of all of them \
                says valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        rateLimitPolicy:
                          global:
                            descriptors:
                            - entries:
                              - requestHeaderValueMatch:
                                  value: team
                                  headers:
                                  - name: x-team
                                    regex: "(red"
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        rateLimitPolicy:
                          global:
                            descriptors:
                            - entries:
                              - requestHeaderValueMatch:
                                  value: team
                                  headers:
                                  - name: x-team
                                    regex: "(red)"
                    """
            )
        ),
    ]
}
