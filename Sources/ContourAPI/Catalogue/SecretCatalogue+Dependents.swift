import Schema

/// What HTTPProxies lose with a Secret.
extension SecretCatalogue {
    static let dependents: [Rule] = [
        Rule(
            "secret/needed-by-proxy",
            .warn,
            "a Secret stays as long as HTTPProxies refer to it",
            consequence: """
                Contour marks those HTTPProxies invalid (`TLSError/SecretNotValid` for a certificate, \
                `ClientValidationInvalid`, `LocalJWKSInvalid` and others elsewhere). For a Secret of a virtualhost \
                nothing of the host is served any more, for one of a service all routes of the object are dropped.
                """,
            examples: RuleExample(
                wrong: """
                    metadata:
                      name: podinfo-tls
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                        tls:
                          secretName: podinfo-tls
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    metadata:
                      name: spare
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                        tls:
                          secretName: podinfo-tls
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                operation: .delete
            )
        ),
        Rule(
            "secret/unusable-for-proxy",
            .warn,
            "a Secret that HTTPProxies refer to keeps what they refer to it for",
            consequence: """
                Contour marks those HTTPProxies invalid (`TLSError/SecretNotValid` for a certificate, \
                `ClientValidationInvalid`, `LocalJWKSInvalid` and others elsewhere). For a Secret of a virtualhost \
                nothing of the host is served any more, for one of a service all routes of the object are dropped.
                """,
            examples: RuleExample(
                wrong: """
                    data:
                      tls.key: null
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                        tls:
                          secretName: podinfo-tls
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    data:
                      ca.crt: ""
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                        tls:
                          secretName: podinfo-tls
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                stored: """
                    type: kubernetes.io/tls
                    """
            )
        ),
        Rule(
            "secret/key-mismatch-for-proxy",
            .warn,
            "the key in a Secret is that of the certificate beside it",
            consequence: """
                Contour does not compare them, and the status says valid. Envoy refuses the certificate: no handshake \
                with the host succeeds from then on.
                """,
            examples: RuleExample(
                wrong: """
                    isPair: false
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                        tls:
                          secretName: podinfo-tls
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    notAfter: "2027-01-01T00:00:00Z"
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                        tls:
                          secretName: podinfo-tls
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                stored: """
                    isPair: true
                    """
            )
        ),
        Rule(
            "secret/expired-for-proxy",
            .warn,
            "a new certificate is not past already",
            consequence: """
                Neither Contour nor Envoy looks at the date, and the status says valid. Clients refuse the connection.
                """,
            examples: RuleExample(
                wrong: """
                    notAfter: "2026-01-01T00:00:00Z"
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                        tls:
                          secretName: podinfo-tls
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    notAfter: "2027-01-01T00:00:00Z"
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: podinfo
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: podinfo.example
                        tls:
                          secretName: podinfo-tls
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                stored: """
                    notAfter: "2026-12-01T00:00:00Z"
                    """
            )
        ),
    ]
}
