import Schema

/// JSON web tokens and those who sign them.
extension HTTPProxyCatalogue {
    static let tokens: [Rule] = [
        Rule(
            "httpproxy/jwt-without-tls",
            "tokens are asked for only where TLS is ended",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/JWTVerificationNotPermitted`) and serves \
                nothing of the host, so that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        jwtProviders:
                        - name: staff
                          remoteJWKS:
                            uri: https://tokens.example/keys
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
                    """
            )
        ),
        Rule(
            "httpproxy/jwt-provider-duplicate",
            "providers of tokens have different names",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/DuplicateProviderName`) and serves nothing of \
                the host, so that requests to it get 404.
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
                        - name: staff
                          remoteJWKS:
                            uri: https://other.example/keys
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
                    """
            )
        ),
        Rule(
            "httpproxy/jwt-default-duplicate",
            "one provider of tokens at most is the default",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/MultipleDefaultProvidersSpecified`) and serves \
                nothing of the host, so that requests to it get 404.
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
                          default: true
                        - name: guests
                          default: true
                          remoteJWKS:
                            uri: https://other.example/keys
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
                          default: true
                        - name: guests
                          remoteJWKS:
                            uri: https://other.example/keys
                    """
            )
        ),
        Rule(
            "httpproxy/jwks-source",
            "the keys of a provider come from a URL or from a Secret",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/JWKSSourceConflict`, \
                `JWTVerificationError/JWKSSourceMissing`) and serves nothing of the host, so that requests to it get \
                404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        jwtProviders:
                        - name: staff
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
                    """
            )
        ),
        Rule(
            "httpproxy/jwks-uri",
            "the keys' URL is one of http or https, with a number for a port",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/RemoteJWKSURIInvalid`, \
                `RemoteJWKSSchemeInvalid`, `RemoteJWKSPortInvalid`) and serves nothing of the host, so that requests \
                to it get 404.
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
                            uri: tokens.example/keys
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
                    """
            )
        ),
        Rule(
            "httpproxy/jwks-validation-http",
            "the keys' server shows a certificate only over https",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/RemoteJWKSUpstreamValidationInvalid`) and \
                serves nothing of the host, so that requests to it get 404.
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
                            uri: http://tokens.example/keys
                            validation:
                              caSecret: podinfo-ca
                              subjectName: tokens.example
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
                            validation:
                              caSecret: podinfo-ca
                              subjectName: tokens.example
                    """
            )
        ),
        Rule(
            "httpproxy/jwks-duration",
            "times for fetching keys are durations",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/RemoteJWKSTimeoutInvalid`, \
                `RemoteJWKSCacheDurationInvalid`) and serves nothing of the host, so that requests to it get 404.
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
                            timeout: "2"
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
                            timeout: 2s
                    """
            )
        ),
        Rule(
            "httpproxy/jwks-dns-family",
            "addresses of the keys' server are auto, v4 or v6",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/RemoteJWKSDNSLookupFamilyInvalid`) and serves \
                nothing of the host, so that requests to it get 404.
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
                            dnsLookupFamily: ipv4
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
                            dnsLookupFamily: v4
                    """
            )
        ),
        Rule(
            "httpproxy/jwt-require-and-disabled",
            "a route asks for a token or does without, not both",
            consequence: """
                Contour marks the object invalid (`JWTVerificationError/InvalidJWTVerificationPolicy`) and drops all \
                of its routes, those of its includes among them: requests to them get 404.
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
                          require: staff
                          disabled: true
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
                          disabled: true
                    """
            )
        ),
        Rule(
            "httpproxy/jwt-require-without-tls",
            .warn,
            "a token is asked for only over TLS",
            consequence: """
                Contour reports nothing. The route is served in plain HTTP, where nobody asks for the token.
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
            "httpproxy/permit-insecure-unverified",
            .warn,
            "a route that is guarded is not served in plain HTTP too",
            consequence: """
                Contour reports nothing. Tokens and authorization are asked for over TLS alone: whoever asks in plain \
                HTTP gets past them.
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
                        permitInsecure: true
                        jwtVerificationPolicy:
                          require: staff
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
    ]
}
