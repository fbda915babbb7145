import Schema

/// Headers and cookies that are changed on the way.
extension HTTPProxyCatalogue {
    static let headers: [Rule] = [
        Rule(
            "httpproxy/headers-policy-name",
            "a header is named by letters, digits and hyphens",
            consequence: """
                Contour marks the object invalid (`RouteError/RequestHeadersPolicyInvalid`, \
                `RouteError/ResponseHeaderPolicyInvalid`, of a service `ServiceError/RequestHeadersPolicyInvalid` and \
                `ServiceError/ResponseHeadersPolicyInvalid`) and drops all of its routes, those of its includes among \
                them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        requestHeadersPolicy:
                          set:
                          - name: X_Team
                            value: red
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        requestHeadersPolicy:
                          set:
                          - name: X-Team
                            value: red
                    """
            )
        ),
        Rule(
            "httpproxy/headers-policy-duplicate",
            "a header is set once and removed once at most",
            consequence: """
                Contour marks the object invalid (`RouteError/RequestHeadersPolicyInvalid`, \
                `RouteError/ResponseHeaderPolicyInvalid`, of a service `ServiceError/RequestHeadersPolicyInvalid` and \
                `ServiceError/ResponseHeadersPolicyInvalid`) and drops all of its routes, those of its includes among \
                them: requests to them get 404. Names are compared without regard to case.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        requestHeadersPolicy:
                          set:
                          - name: X-Team
                            value: red
                          - name: x-team
                            value: blue
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        requestHeadersPolicy:
                          set:
                          - name: X-Team
                            value: red
                    """
            )
        ),
        Rule(
            "httpproxy/headers-policy-host",
            "an answer has no Host to set",
            consequence: """
                Contour marks the object invalid (`RouteError/RequestHeadersPolicyInvalid`, \
                `RouteError/ResponseHeaderPolicyInvalid`, of a service `ServiceError/RequestHeadersPolicyInvalid` and \
                `ServiceError/ResponseHeadersPolicyInvalid`) and drops all of its routes, those of its includes among \
                them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        responseHeadersPolicy:
                          set:
                          - name: Host
                            value: podinfo.example
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        responseHeadersPolicy:
                          set:
                          - name: X-Served-By
                            value: podinfo.example
                    """
            )
        ),
        Rule(
            "httpproxy/dynamic-host-on-service",
            .warn,
            "a Host that is taken from a header is set on the route",
            consequence: """
                Contour reports nothing. On a service it drops the entry: the service gets the Host that the client \
                sent.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          requestHeadersPolicy:
                            set:
                            - name: Host
                              value: "%REQ(X-Tenant)%"
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        requestHeadersPolicy:
                          set:
                          - name: Host
                            value: "%REQ(X-Tenant)%"
                    """
            )
        ),
        Rule(
            "httpproxy/policy-unused",
            .warn,
            "headers and cookies are changed where a service answers",
            consequence: """
                Contour checks them and reports nothing, and applies them neither to a mirror's copies nor to \
                redirects and fixed answers.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /old
                        requestRedirectPolicy:
                          prefix: /new
                        responseHeadersPolicy:
                          set:
                          - name: X-Team
                            value: red
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
            "httpproxy/cookie-rewrite-duplicate",
            "a cookie is rewritten once",
            consequence: """
                Contour marks the object invalid (`RouteError/CookieRewritePoliciesInvalid`, for a service's too) and \
                drops all of its routes, those of its includes among them: requests to them get 404.
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
                          secure: true
                        - name: session
                          sameSite: Lax
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        cookieRewritePolicies:
                        - name: session
                          secure: true
                          sameSite: Lax
                    """
            )
        ),
        Rule(
            "httpproxy/cookie-rewrite-empty",
            "a rewritten cookie gets an attribute",
            consequence: """
                Contour marks the object invalid (`RouteError/CookieRewritePoliciesInvalid`, for a service's too) and \
                drops all of its routes, those of its includes among them: requests to them get 404.
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
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        cookieRewritePolicies:
                        - name: session
                          secure: true
                    """
            )
        ),
    ]
}
