import Schema

/// The Secrets, delegations and ExtensionServices that an object refers to.
extension HTTPProxyCatalogue {
    static let secrets: [Rule] = [
        Rule(
            "httpproxy/secret-missing",
            .warn,
            "the Secret is there",
            consequence: """
                Contour marks the object invalid until it is there (`TLSError/SecretNotValid` for a certificate, \
                `ClientValidationInvalid`, `LocalJWKSInvalid` and others elsewhere). For a Secret of a virtualhost \
                nothing of the host is served, for one of a service all routes of the object are dropped. It is a \
                warning, as files are applied in any order.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: shop-tls
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
            "httpproxy/secret-unusable",
            .warn,
            "the Secret holds what it is referred to for",
            consequence: """
                Contour marks the object invalid (`TLSError/SecretNotValid` for a certificate, \
                `ClientValidationInvalid`, `LocalJWKSInvalid` and others elsewhere). For a Secret of a virtualhost \
                nothing of the host is served, for one of a service all routes of the object are dropped. Contour \
                looks at type and keys, and whether the certificates can be read; not at their dates, nor at the names \
                in them.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: registry
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: registry
                      namespace: test
                    type: kubernetes.io/dockerconfigjson
                    data:
                      .dockerconfigjson: e30=
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
            "httpproxy/secret-not-delegated",
            .warn,
            "a Secret of another namespace is delegated to this one",
            consequence: """
                Contour does not even look for the Secret: it marks the object invalid \
                (`TLSError/DelegationNotPermitted`, `TLSError/CACertificateNotDelegated` for a service's authority) \
                until a TLSCertificateDelegation in the Secret's namespace names it and this namespace.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: web/shop-tls
                    """,
                right: """
                    metadata:
                      namespace: web
                    spec:
                      virtualhost:
                        tls:
                          secretName: test/podinfo-tls
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: podinfo
                      namespace: web
                    spec:
                      ports:
                      - port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/fallback-not-configured",
            .warn,
            "a fallback certificate is asked for only where Contour has one",
            consequence: """
                Contour marks the object invalid (`TLSError/FallbackNotPresent`) and serves nothing of the host, so \
                that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          enableFallbackCertificate: true
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
            "httpproxy/fallback-unusable",
            .warn,
            "Contour's fallback certificate may be used here",
            consequence: """
                Contour marks the object invalid (`TLSError/FallbackNotDelegated`, `TLSError/FallbackNotValid`) and \
                serves nothing of the host, so that requests to it get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          enableFallbackCertificate: true
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: fallback
                      namespace: test
                    type: kubernetes.io/dockerconfigjson
                    data:
                      .dockerconfigjson: e30=
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                          enableFallbackCertificate: true
                    """
            )
        ),
        Rule(
            "httpproxy/client-certificate-unusable",
            .warn,
            "the certificate that Envoy shows to services is there and can be read",
            consequence: """
                Contour marks every object that leads to a service over TLS invalid (`TLSError/SecretNotValid`) and \
                drops all of its routes, those of its includes among them: requests to them get 404. The Secret is \
                named in Contour's own configuration, so the fault is to be put right there.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          protocol: tls
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: client
                      namespace: test
                    type: kubernetes.io/dockerconfigjson
                    data:
                      .dockerconfigjson: e30=
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          protocol: tls
                    """
            )
        ),
        Rule(
            "httpproxy/extension-service-missing",
            .warn,
            "the ExtensionService that authorises requests is there",
            consequence: """
                Contour marks the object invalid (`AuthError/ExtensionServiceNotFound`) and serves nothing of the \
                host, so that requests to it get 404, until it is there.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                        authorization:
                          extensionRef:
                            name: guard
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
    ]
}
