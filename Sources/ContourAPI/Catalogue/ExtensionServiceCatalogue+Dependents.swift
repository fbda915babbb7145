import Schema

/// What HTTPProxies lose with an ExtensionService.
extension ExtensionServiceCatalogue {
    static let dependents: [Rule] = [
        Rule(
            "extensionservice/needed-by-proxy",
            .warn,
            "an ExtensionService stays as long as HTTPProxies refer to it",
            consequence: """
                Contour marks those HTTPProxies invalid (`AuthError/ExtensionServiceNotFound`) and serves nothing of \
                their hosts: requests get 404 from then on.
                """,
            examples: RuleExample(
                wrong: """
                    metadata:
                      name: authorization
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
                        authorization:
                          extensionRef:
                            name: authorization
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
                        authorization:
                          extensionRef:
                            name: authorization
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                operation: .delete
            )
        )
    ]
}
