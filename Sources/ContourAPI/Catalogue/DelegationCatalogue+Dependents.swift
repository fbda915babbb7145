import Schema

/// What HTTPProxies lose with a TLSCertificateDelegation.
extension DelegationCatalogue {
    static let dependents: [Rule] = [
        Rule(
            "tlscertificatedelegation/needed-by-proxy",
            .warn,
            "a delegation stays as long as HTTPProxies of other namespaces rely on it",
            consequence: """
                Contour marks those HTTPProxies invalid (`TLSError/DelegationNotPermitted`, \
                `TLSError/CACertificateNotDelegated` for a service's authority). For a Secret of a virtualhost nothing \
                of the host is served any more, for one of a service all routes of the object are dropped.
                """,
            examples: RuleExample(
                wrong: """
                    metadata:
                      name: podinfo-tls
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: shop
                      namespace: web
                    spec:
                      virtualhost:
                        fqdn: shop.example
                        tls:
                          secretName: test/podinfo-tls
                      routes:
                      - services:
                        - name: shop
                          port: 80
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: shop
                      namespace: web
                    spec:
                      ports:
                      - port: 80
                    """,
                right: """
                    metadata:
                      name: spare
                    spec:
                      delegations:
                      - secretName: other-tls
                        targetNamespaces:
                        - web
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: shop
                      namespace: web
                    spec:
                      virtualhost:
                        fqdn: shop.example
                        tls:
                          secretName: test/podinfo-tls
                      routes:
                      - services:
                        - name: shop
                          port: 80
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: shop
                      namespace: web
                    spec:
                      ports:
                      - port: 80
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: TLSCertificateDelegation
                    metadata:
                      name: podinfo-tls
                      namespace: test
                    spec:
                      delegations:
                      - secretName: podinfo-tls
                        targetNamespaces:
                        - web
                    """,
                operation: .delete
            )
        )
    ]
}
