import Schema

/// Who says whether a request may pass.
extension HTTPProxyCatalogue {
    static let authorization: [Rule] = [
        Rule(
            "httpproxy/authorization-without-tls",
            "requests are authorised only where TLS is ended",
            consequence: """
                Contour marks the object invalid (`AuthError/AuthNotPermitted`) and serves nothing of the host, so \
                that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        authorization:
                          extensionRef:
                            name: authorization
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                    """
            )
        ),
        Rule(
            "httpproxy/authorization-api-version",
            "an ExtensionService is of projectcontour.io/v1alpha1",
            consequence: """
                Contour marks the object invalid (`AuthError/AuthBadResourceVersion`) and serves nothing of the host, \
                so that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            apiVersion: projectcontour.io/v1
                            name: authorization
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                    """
            )
        ),
        Rule(
            "httpproxy/authorization-timeout",
            "the time for an answer is a duration, or infinity",
            consequence: """
                Contour marks the object invalid (`AuthError/AuthResponseTimeoutInvalid`) and serves nothing of the \
                host, so that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                          responseTimeout: "2"
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                          responseTimeout: 2s
                    """
            )
        ),
        Rule(
            "httpproxy/authorization-context-http",
            "a question over HTTP has no context",
            consequence: """
                Contour marks the object invalid (`AuthError/AuthContextForHTTP`) and serves nothing of the host, so \
                that requests to it get 404: the protocol has no place for it.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                          serviceType: http
                          authPolicy:
                            context:
                              team: red
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                          serviceType: grpc
                          authPolicy:
                            context:
                              team: red
                    """
            )
        ),
        Rule(
            "httpproxy/authorization-header-match",
            "an allowed header is matched in exactly one way",
            consequence: """
                Contour marks the object invalid (`AuthError/AuthBadAllowedHeader`) and serves nothing of the host, so \
                that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                          serviceType: http
                          httpSettings:
                            allowedAuthorizationHeaders:
                            - exact: x-team
                              prefix: x-
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                          serviceType: http
                          httpSettings:
                            allowedAuthorizationHeaders:
                            - exact: x-team
                    """
            )
        ),
        Rule(
            "httpproxy/authorization-http-settings",
            "settings of a question over HTTP go with serviceType http",
            consequence: """
                Contour's CustomResourceDefinition refuses the object when it is applied; a check of files finds it \
                before.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                          httpSettings:
                            pathPrefix: /check
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: authorization
                          serviceType: http
                          httpSettings:
                            pathPrefix: /check
                    """
            )
        ),
    ]
}
