import Schema

/// The forms of names, paths and durations.
extension HTTPProxyCatalogue {
    static let forms: [Rule] = [
        Rule(
            "httpproxy/not-a-host-name",
            "a host name is lower case, without a port and without a dot at its end",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - requestRedirectPolicy:
                          hostname: Podinfo.example
                    """,
                right: """
                    spec:
                      routes:
                      - requestRedirectPolicy:
                          hostname: podinfo.example
                    """
            )
        ),
        Rule(
            "httpproxy/not-a-token",
            "a method or a header is named by letters, digits and a few signs",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - "*"
                          allowMethods:
                          - GET POST
                    """,
                right: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - "*"
                          allowMethods:
                          - GET
                          - POST
                    """
            )
        ),
        Rule(
            "httpproxy/not-a-cookie-name",
            "the name of a cookie has no separators",
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
                        cookieRewritePolicies:
                        - name: session id
                          secure: true
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        cookieRewritePolicies:
                        - name: session-id
                          secure: true
                    """
            )
        ),
        Rule(
            "httpproxy/not-a-cookie-path",
            "the path of a cookie has no semicolon",
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
                        cookieRewritePolicies:
                        - name: session
                          pathRewrite:
                            value: /a;b
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        cookieRewritePolicies:
                        - name: session
                          pathRewrite:
                            value: /a
                    """
            )
        ),
        Rule(
            "httpproxy/not-a-path",
            "a path begins with /",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - requestRedirectPolicy:
                          path: new
                    """,
                right: """
                    spec:
                      routes:
                      - requestRedirectPolicy:
                          path: /new
                    """
            )
        ),
        Rule(
            "httpproxy/not-a-timeout",
            "a time is written as numbers with units",
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
                          slowStartPolicy:
                            window: "30"
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          slowStartPolicy:
                            window: 30s
                    """
            )
        ),
    ]
}
