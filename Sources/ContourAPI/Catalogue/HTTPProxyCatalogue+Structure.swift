import Schema

/// Fields: known, there, of the right type.
extension HTTPProxyCatalogue {
    static let structure: [Rule] = [
        Rule(
            "httpproxy/unknown-field",
            .warn,
            "a field must be one that an HTTPProxy has",
            consequence: """
                Contour's CustomResourceDefinition does not declare the field, so the API server drops it and stores \
                the rest. What it should have said is left at its default: a misspelt weight is 0, and the service \
                gets no request. Nothing says so later. It is a warning because a newer Contour may well know the \
                field.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          wieght: 90
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          weight: 90
                    """
            )
        ),
        Rule(
            "httpproxy/missing-field",
            "a field that is needed must be there",
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
                        requestHeadersPolicy:
                          set:
                          - name: X-Team
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
            "httpproxy/wrong-type",
            "a field must have the type that it is read as",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied, without saying which quotes \
                to take away.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: "80"
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/not-a-choice",
            "a field with a list of values must have one of them",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; where an older one does not, \
                Contour takes the value for something else without a word.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - requestRedirectPolicy:
                          scheme: htpps
                    """,
                right: """
                    spec:
                      routes:
                      - requestRedirectPolicy:
                          scheme: https
                    """
            )
        ),
        Rule(
            "httpproxy/not-a-whole-number",
            "a number that counts something must be whole",
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
                        healthCheckPolicy:
                          path: /healthz
                          intervalSeconds: 2.5
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        healthCheckPolicy:
                          path: /healthz
                          intervalSeconds: 3
                    """
            )
        ),
        Rule(
            "httpproxy/out-of-range",
            "a number must be within its bounds",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; where an older one lets it \
                through, Envoy may refuse the whole of its configuration, and with it the changes of everybody else.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - directResponsePolicy:
                          statusCode: 99
                    """,
                right: """
                    spec:
                      routes:
                      - directResponsePolicy:
                          statusCode: 503
                    """
            )
        ),
        Rule(
            "httpproxy/empty-list",
            "a list that needs an entry has one",
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
                          - GET
                          allowHeaders: []
                    """,
                right: """
                    spec:
                      virtualhost:
                        corsPolicy:
                          allowOrigin:
                          - "*"
                          allowMethods:
                          - GET
                    """
            )
        ),
        Rule(
            "httpproxy/wrong-length",
            "a text or a list is no longer, and no shorter, than it may be",
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
                        - name: ""
                          secure: true
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
        Rule(
            "httpproxy/deprecated-field",
            .warn,
            "a field of old should be written as it is called today",
            consequence: """
                Contour still reads it where the new one is absent. Beside the new one it is ignored without a word.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        includes:
                          name: tcp
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: tcp
                      namespace: test
                    spec:
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        include:
                          name: tcp
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: tcp
                      namespace: test
                    spec:
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
    ]
}
