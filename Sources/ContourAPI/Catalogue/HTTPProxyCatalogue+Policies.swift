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
    ]
}
