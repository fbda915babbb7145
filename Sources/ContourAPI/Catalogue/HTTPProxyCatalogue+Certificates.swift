import Schema

/// What Contour does not look at in a certificate, and clients do.
extension HTTPProxyCatalogue {
    static let certificates: [Rule] = [
        Rule(
            "httpproxy/secret-key-mismatch",
            .warn,
            "the key in the Secret is that of the certificate beside it",
            consequence: """
                Contour does not compare them, and the status says valid. Envoy refuses the certificate: no handshake \
                with the host succeeds.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: podinfo-tls
                      namespace: test
                    type: kubernetes.io/tls
                    data:
                      tls.crt: ""
                      tls.key: ""
                    isPair: false
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: podinfo-tls
                      namespace: test
                    type: kubernetes.io/tls
                    data:
                      tls.crt: ""
                      tls.key: ""
                    isPair: true
                    """
            )
        ),
        Rule(
            "httpproxy/secret-expired",
            .warn,
            "the certificate is not past",
            consequence: """
                Neither Contour nor Envoy looks at the date, and the status says valid. Clients refuse the connection.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: podinfo-tls
                      namespace: test
                    type: kubernetes.io/tls
                    data:
                      tls.crt: ""
                      tls.key: ""
                    notAfter: "2026-01-01T00:00:00Z"
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata:
                      name: podinfo-tls
                      namespace: test
                    type: kubernetes.io/tls
                    data:
                      tls.crt: ""
                      tls.key: ""
                    notAfter: "2027-01-01T00:00:00Z"
                    """
            )
        ),
    ]
}
