import Schema

/// Where connections of a tcpproxy go.
extension HTTPProxyCatalogue {
    static let tcp: [Rule] = [
        Rule(
            "httpproxy/tcp-include-missing",
            .warn,
            "what a tcpproxy includes is there",
            consequence: """
                Contour marks the object invalid (`TCPProxyIncludeError/IncludeNotFound`) and serves nothing of the \
                host, its HTTP routes neither, until the other one is there.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        include:
                          name: tcp
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
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
                    """
            )
        ),
        Rule(
            "httpproxy/tcp-include-root",
            .warn,
            "what a tcpproxy includes is no root itself",
            consequence: """
                Contour marks the object invalid (`TCPProxyIncludeError/RootIncludesRoot`) and serves nothing of the \
                host, its HTTP routes neither.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        include:
                          name: tcp
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: tcp
                      namespace: test
                    spec:
                      virtualhost:
                        fqdn: tcp.example
                        tls:
                          secretName: podinfo-tls
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
                    """
            )
        ),
        Rule(
            "httpproxy/tcp-include-cycle",
            .warn,
            "includes of a tcpproxy do not lead back to where they began",
            consequence: """
                Contour marks the object whose include closes the cycle invalid \
                (`TCPProxyIncludeError/IncludeCreatesCycle`), and serves nothing of the host.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost: null
                      routes: null
                      tcpproxy:
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
                        include:
                          name: podinfo
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
                      tcpproxy:
                        include:
                          name: podinfo
                    """,
                right: """
                    spec:
                      virtualhost: null
                      routes: null
                      tcpproxy:
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
                      tcpproxy:
                        include:
                          name: podinfo
                    """
            )
        ),
        Rule(
            "httpproxy/tcp-include-self",
            "a tcpproxy does not include its own object",
            consequence: """
                Contour marks the object invalid (`TCPProxyIncludeError/RootIncludesRoot`, or `IncludeCreatesCycle` \
                where it has no virtualhost), and serves nothing of the host.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        include:
                          name: podinfo
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
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
                    """
            )
        ),
        Rule(
            "httpproxy/tcp-include-empty",
            .warn,
            "what a tcpproxy includes has a tcpproxy",
            consequence: """
                Contour takes both for valid and has nowhere to send a connection: it is closed, and no status says \
                why.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
                        include:
                          name: tcp
                    ---
                    apiVersion: projectcontour.io/v1
                    kind: HTTPProxy
                    metadata:
                      name: tcp
                      namespace: test
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """,
                right: """
                    spec:
                      virtualhost:
                        tls:
                          secretName: podinfo-tls
                      tcpproxy:
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
                    """
            )
        ),
    ]
}
