import Schema

/// What a request must be like.
extension HTTPProxyCatalogue {
    static let conditions: [Rule] = [
        Rule(
            "httpproxy/route-path-conditions",
            "a route has one path condition at most, which begins with /",
            consequence: """
                Contour marks the object invalid (`RouteError/PathMatchConditionsNotValid`) and drops all of its \
                routes, those of its includes among them: requests to them get 404. An expression must be RE2, which \
                has no look-around and no back-references.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: api
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - prefix: /api
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/include-path-conditions",
            "an include has one prefix at most, which begins with /",
            consequence: """
                Contour marks the object invalid (`IncludeError/PathMatchConditionsNotValid`) and passes over the \
                include; if no other leads to the included object, that is orphaned and gets no request. The schema \
                knows `exact` and `regex` here too, but Contour takes neither.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - exact: /api
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: api
                      namespace: test
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      includes:
                      - name: api
                        conditions:
                        - prefix: /api
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: api
                      namespace: test
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/exact-not-last",
            .warn,
            "an exact path stands last among the conditions",
            consequence: """
                Contour tells the kind of a path by the last condition of the list alone. An exact path before a \
                header is taken for a prefix, without a word, and the route gets requests to all paths below it too.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - exact: /api
                        - header:
                            name: x-team
                            present: true
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            present: true
                        - exact: /api
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/header-conditions",
            "conditions on a header can be met, and its expression is RE2",
            consequence: """
                Contour marks the object invalid (`RouteError/HeaderMatchConditionsNotValid`). On a route it drops all \
                routes of the object, on an include it passes over the include.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            exact: red
                        - header:
                            name: x-team
                            exact: blue
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            exact: red
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/header-name-missing",
            "a condition on a header names it",
            consequence: """
                An older CustomResourceDefinition of Contour lets it through. Envoy then refuses all of its routes, so \
                that one such object holds back everybody's later changes.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: ""
                            present: true
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            present: true
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/header-several-operators",
            .warn,
            "a condition on a header has one operator",
            consequence: """
                Contour takes the first of present, notpresent, contains, notcontains, exact, notexact and regex, and \
                ignores the others without a word: the route gets requests that it should not.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            contains: red
                            notexact: redder
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            contains: red
                        - header:
                            name: x-team
                            notexact: redder
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/header-without-operator",
            "a condition on a header says what is asked of it",
            consequence: """
                Contour takes it and leaves it out: the route gets all requests that meet the other conditions, \
                whatever their header. Nothing says so.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            present: true
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/query-conditions",
            "a condition on a query parameter has one operator, and can be met",
            consequence: """
                Contour marks the object invalid (`RouteError/QueryParameterMatchConditionsNotValid`). On a route it \
                drops all routes of the object, on an include it passes over the include. Names are compared without \
                regard to case here, though Envoy regards it.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - queryParameter:
                            name: team
                            exact: red
                            prefix: re
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - queryParameter:
                            name: team
                            exact: red
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/query-name-missing",
            "a condition on a query parameter names it",
            consequence: """
                Neither the CustomResourceDefinition nor Contour looks at it. Envoy refuses all of its routes, so that \
                one such object holds back everybody's later changes, and the status of all of them says valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - conditions:
                        - queryParameter:
                            name: ""
                            exact: red
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - conditions:
                        - queryParameter:
                            name: team
                            exact: red
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
    ]
}
