import Schema

/// What becomes of a request that meets a route's conditions.
extension HTTPProxyCatalogue {
    static let routes: [Rule] = [
        Rule(
            "httpproxy/route-action-count",
            "a route does exactly one thing",
            consequence: """
                Contour marks the object invalid (`RouteError/RouteActionCountNotValid`) and drops all of its routes, \
                those of its includes among them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        requestRedirectPolicy:
                          prefix: /new
                    """
            )
        ),
        Rule(
            "httpproxy/redirect-path-and-prefix",
            "a redirect sets the path or replaces the prefix, not both",
            consequence: """
                Contour marks the object invalid (`RouteError/RequestRedirectPolicy`) and drops all of its routes.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        requestRedirectPolicy:
                          path: /new
                          prefix: /new
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        requestRedirectPolicy:
                          prefix: /new
                    """
            )
        ),
        Rule(
            "httpproxy/replace-prefix-without-prefix",
            "a prefix is replaced only on a route that matches by prefix",
            consequence: """
                Contour marks the object invalid (`PrefixReplaceError/MustHavePrefix`) and drops all of its routes.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - exact: /old
                        services:
                        - name: podinfo
                          port: 80
                        pathRewritePolicy:
                          replacePrefix:
                          - replacement: /new
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        services:
                        - name: podinfo
                          port: 80
                        pathRewritePolicy:
                          replacePrefix:
                          - replacement: /new
                    """
            )
        ),
        Rule(
            "httpproxy/replace-prefix-duplicate",
            "a prefix is replaced by one thing",
            consequence: """
                Contour marks the object invalid (`PrefixReplaceError/DuplicateReplacement`) and drops all of its \
                routes.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        services:
                        - name: podinfo
                          port: 80
                        pathRewritePolicy:
                          replacePrefix:
                          - prefix: /old
                            replacement: /new
                          - prefix: /old
                            replacement: /newer
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        services:
                        - name: podinfo
                          port: 80
                        pathRewritePolicy:
                          replacePrefix:
                          - prefix: /old
                            replacement: /new
                    """
            )
        ),
        Rule(
            "httpproxy/replace-prefix-ambiguous",
            "one replacement at most names no prefix",
            consequence: """
                Contour marks the object invalid (`PrefixReplaceError/AmbiguousReplacement`) and drops all of its \
                routes.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        services:
                        - name: podinfo
                          port: 80
                        pathRewritePolicy:
                          replacePrefix:
                          - replacement: /new
                          - replacement: /newer
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        services:
                        - name: podinfo
                          port: 80
                        pathRewritePolicy:
                          replacePrefix:
                          - replacement: /new
                    """
            )
        ),
        Rule(
            "httpproxy/timeout-invalid",
            "a timeout is a duration, or infinity",
            consequence: """
                The CustomResourceDefinition takes a unit without a number, and an older one takes anything. Contour \
                then marks the object invalid (`RouteError/TimeoutPolicyNotValid`) and drops all of its routes.
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
                          perTryTimeout: "2"
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
                Contour's CustomResourceDefinition refuses the object when it is applied. A check of files finds it \
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
            "httpproxy/jwt-require-and-disabled",
            "a route asks for a token or does without, not both",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/InvalidJWTVerificationPolicy`) and drops all \
                of its routes.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        jwtVerificationPolicy:
                          require: staff
                          disabled: true
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        jwtVerificationPolicy:
                          disabled: true
                    """
            )
        ),
    ]
}
