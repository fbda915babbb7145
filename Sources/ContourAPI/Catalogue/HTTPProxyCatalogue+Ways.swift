import Schema

/// What the includes on the way from the root to an object bring along.
extension HTTPProxyCatalogue {
    static let ways: [Rule] = [
        Rule(
            "httpproxy/inherited-conditions",
            .warn,
            "conditions of the includes above can be met together with those of a route",
            consequence: """
                Contour joins the conditions on the way from the root and checks them on the route at its end: it is \
                the included object that is marked invalid (`RouteError/HeaderMatchConditionsNotValid`, \
                `RouteError/QueryParameterMatchConditionsNotValid`), and all of its routes are dropped. By another way \
                they may be served.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost: null
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            exact: blue
                        services:
                        - name: podinfo
                          port: 80
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: root
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: root.example
                      includes:
                      - name: podinfo
                        conditions:
                        - header:
                            name: x-team
                            exact: red
                    """,
                right: """
                    spec:
                      virtualhost: null
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            exact: blue
                        services:
                        - name: podinfo
                          port: 80
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: root
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: root.example
                      includes:
                      - name: podinfo
                        conditions:
                        - header:
                            name: x-tenant
                            exact: red
                    """
            )
        ),
        Rule(
            "httpproxy/child-conditions",
            .warn,
            "an include's conditions can be met together with those of the routes below it",
            consequence: """
                Contour joins the conditions on the way from the root and checks them on the route at its end: it is \
                the included object that is marked invalid (`RouteError/HeaderMatchConditionsNotValid`, \
                `RouteError/QueryParameterMatchConditionsNotValid`), and all of its routes are dropped, while this \
                object is taken for valid.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes: null
                      includes:
                      - name: api
                        conditions:
                        - header:
                            name: x-team
                            exact: red
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: api
                      namespace: test
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            exact: blue
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      routes: null
                      includes:
                      - name: api
                        conditions:
                        - header:
                            name: x-tenant
                            exact: red
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: api
                      namespace: test
                    spec:
                      routes:
                      - conditions:
                        - header:
                            name: x-team
                            exact: blue
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/jwt-provider-undefined",
            "a token that a route asks for is of a provider that the root has",
            consequence: """
                Contour reports it on the root (`JWTVerificationError/JWTProviderNotDefined`), the first such route \
                alone. Requests to such routes get 403 where the root has other providers; where it has none, they \
                pass and no token is looked at.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        jwtProviders:
                        - name: staff
                          remoteJWKS:
                            uri: https://tokens.example/keys
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        jwtVerificationPolicy:
                          require: guests
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        jwtProviders:
                        - name: staff
                          remoteJWKS:
                            uri: https://tokens.example/keys
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        jwtVerificationPolicy:
                          require: staff
                    """
            )
        ),
        Rule(
            "httpproxy/jwt-provider-of-child",
            .warn,
            "a root has the providers of the tokens that included routes ask for",
            consequence: """
                Contour reports it on the root (`JWTVerificationError/JWTProviderNotDefined`), the first such route \
                alone. Requests to such routes get 403 where the root has other providers; where it has none, they \
                pass and no token is looked at.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes: null
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        jwtProviders:
                        - name: staff
                          remoteJWKS:
                            uri: https://tokens.example/keys
                      includes:
                      - name: api
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
                        jwtVerificationPolicy:
                          require: guests
                    """,
                right: """
                    spec:
                      routes: null
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        jwtProviders:
                        - name: staff
                          remoteJWKS:
                            uri: https://tokens.example/keys
                      includes:
                      - name: api
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
                        jwtVerificationPolicy:
                          require: staff
                    """
            )
        ),
        Rule(
            "httpproxy/jwt-provider-above",
            .warn,
            "a token that an included route asks for is of a provider that its roots have",
            consequence: """
                Contour reports it on the root (`JWTVerificationError/JWTProviderNotDefined`), not on the object with \
                the route. Requests to the route get 403 where the root has other providers; where it has none, they \
                pass and no token is looked at.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost: null
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        jwtVerificationPolicy:
                          require: guests
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: root
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: root.example
                        tls:
                          secretName: podinfo-tls
                        jwtProviders:
                        - name: staff
                          remoteJWKS:
                            uri: https://tokens.example/keys
                      includes:
                      - name: podinfo
                    """,
                right: """
                    spec:
                      virtualhost: null
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                        jwtVerificationPolicy:
                          require: staff
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: root
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: root.example
                        tls:
                          secretName: podinfo-tls
                        jwtProviders:
                        - name: staff
                          remoteJWKS:
                            uri: https://tokens.example/keys
                      includes:
                      - name: podinfo
                    """
            )
        ),
    ]
}
