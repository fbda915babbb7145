import Schema

/// How TLS is ended, and connections handed on as they are.
extension HTTPProxyCatalogue {
    static let tls: [Rule] = [
        Rule(
            "httpproxy/tls-source",
            "TLS is either ended here, with a Secret, or passed through",
            consequence: """
                Contour marks the object invalid (`TLSError/TLSConfigNotValid`) and serves nothing of the host, also \
                not in plain HTTP.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls: {}
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                    """
            )
        ),
        Rule(
            "httpproxy/tls-version-order",
            "the highest version of TLS is not below the lowest",
            consequence: """
                Contour marks the object invalid (`TLSError/TLSConfigNotValid`) and serves nothing of the host, so \
                that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          minimumProtocolVersion: "1.3"
                          maximumProtocolVersion: "1.2"
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          minimumProtocolVersion: "1.2"
                          maximumProtocolVersion: "1.3"
                    """
            )
        ),
        Rule(
            "httpproxy/tls-version-unknown",
            .warn,
            "a version of TLS is 1.2 or 1.3",
            consequence: """
                Contour takes any other text for its default without a word: whoever misspelt 1.3 as the lowest \
                version gets 1.2, which is less than was asked for.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          minimumProtocolVersion: "1.1"
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          minimumProtocolVersion: "1.2"
                    """
            )
        ),
        Rule(
            "httpproxy/passthrough-client-validation",
            "clients' certificates are checked only where TLS is ended",
            consequence: """
                Contour marks the object invalid (`TLSError/TLSIncompatibleFeatures`) and serves nothing of the host, \
                so that requests to it get 404: what is passed through is encrypted, and nobody on the way sees a \
                certificate.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          passthrough: true
                          clientValidation:
                            skipClientCertValidation: true
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          passthrough: true
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/passthrough-fallback",
            "a fallback certificate is shown only where TLS is ended",
            consequence: """
                Contour reports it (`TLSError/TLSIncompatibleFeatures`) and marks the object invalid; the host goes on \
                to be served, without the fallback certificate.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          passthrough: true
                          enableFallbackCertificate: true
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          passthrough: true
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/passthrough-without-tcpproxy",
            .warn,
            "what is passed through needs a tcpproxy to go to",
            consequence: """
                Contour takes the object for valid and serves its routes in plain HTTP; connections over TLS are \
                answered by nobody.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          passthrough: true
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          passthrough: true
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/fallback-incompatible",
            "a fallback certificate goes with no check of who the client is",
            consequence: """
                Contour marks the object invalid (`TLSError/TLSIncompatibleFeatures`) and serves nothing of the host, \
                so that requests to it get 404: a client without a server name would get past clientValidation, \
                authorization and jwtProviders.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          enableFallbackCertificate: true
                          clientValidation:
                            caSecret: podinfo-ca
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          clientValidation:
                            caSecret: podinfo-ca
                    """
            )
        ),
        Rule(
            "httpproxy/client-validation-without-ca",
            "clients' certificates are checked against an authority",
            consequence: """
                Contour reports it (`TLSError/ClientValidationInvalid`) and marks the object invalid. The host goes on \
                to be served, and there is nothing to check a client's certificate against.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          clientValidation:
                            optionalClientCertificate: true
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          clientValidation:
                            caSecret: podinfo-ca
                            optionalClientCertificate: true
                    """
            )
        ),
        Rule(
            "httpproxy/tcpproxy-without-tls",
            "a tcpproxy of a root needs TLS, by whose server name it is found",
            consequence: """
                Contour marks the object invalid (`TCPProxyError/TLSMustBeConfigured`) and serves nothing of the host, \
                so that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
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
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/tcpproxy-services-and-include",
            "a tcpproxy has services or an include, not both",
            consequence: """
                Contour marks the object invalid (`TCPProxyError/NoServicesAndInclude`) and serves nothing of the \
                host, so that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
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
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/tcpproxy-empty",
            "a tcpproxy leads somewhere",
            consequence: """
                Contour marks the object invalid (`TCPProxyError/NothingDefined`) and serves nothing of the host, so \
                that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy: {}
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/tcpproxy-strategy-ignored",
            .warn,
            "connections are not shared by cookie or by request",
            consequence: """
                Contour notes it (`TCPProxyError/IgnoredField`, a warning in the status) and takes RoundRobin: a \
                connection that is handed on shows neither cookies nor headers.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                        loadBalancerPolicy:
                          strategy: Cookie
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        services:
                        - name: podinfo
                          port: 80
                        loadBalancerPolicy:
                          strategy: WeightedLeastRequest
                    """
            )
        ),
    ]
}
