import Schema

/// JSON web tokens and those who sign them.
extension HTTPProxyCatalogue {
    static let tokens: [Rule] = [
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
        )
    ]
}
