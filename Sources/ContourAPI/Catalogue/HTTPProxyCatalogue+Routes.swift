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
            "httpproxy/route-shadowed",
            .warn,
            "no two routes of an object have the same conditions",
            consequence: """
                Contour reports nothing. It keeps the later of the two: what the earlier one says never happens.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /api
                        services:
                        - name: podinfo
                          port: 80
                      - conditions:
                        - prefix: /api
                        requestRedirectPolicy:
                          prefix: /v2
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /api
                        services:
                        - name: podinfo
                          port: 80
                      - conditions:
                        - prefix: /old
                        requestRedirectPolicy:
                          prefix: /v2
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
            "httpproxy/redirect-status-code",
            "the status of a redirect is 301, 302, 303, 307 or 308",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        requestRedirectPolicy:
                          statusCode: 305
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        requestRedirectPolicy:
                          statusCode: 307
                    """
            )
        ),
        Rule(
            "httpproxy/direct-response-body",
            "a fixed answer has at most 4096 bytes",
            consequence: """
                Neither the CustomResourceDefinition nor Contour looks at it. Envoy refuses all routes of its \
                configuration: one such object holds back everybody's later changes, while the status of all of them \
                says valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - directResponsePolicy:
                          statusCode: 503
                          body: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                    """,
                right: """
                    spec:
                      routes:
                      - directResponsePolicy:
                          statusCode: 503
                          body: closed
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
        Rule(
            "httpproxy/replace-prefix-unused",
            .warn,
            "a replaced prefix is the whole prefix that the route matches",
            consequence: """
                Contour reports nothing and replaces nothing: the service gets the path as it came. The prefix that \
                counts is that of the includes on the way and of the route, joined.
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
                          - prefix: /older
                            replacement: /new
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
    ]
}
