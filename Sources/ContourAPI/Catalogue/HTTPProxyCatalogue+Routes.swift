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
                Contour marks the object invalid (`RouteError/RequestRedirectPolicy`) and drops all of its routes, \
                those of its includes among them: requests to them get 404.
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
                Contour marks the object invalid (`PrefixReplaceError/MustHavePrefix`) and drops all of its routes, \
                those of its includes among them: requests to them get 404.
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
                routes, those of its includes among them: requests to them get 404.
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
                routes, those of its includes among them: requests to them get 404.
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
    ]
}
