import Schema

/// What HTTPProxies lose with a Service.
extension ServiceCatalogue {
    static let dependents: [Rule] = [
        Rule(
            "service/needed-by-proxy",
            .warn,
            "a Service stays as long as HTTPProxies lead to it",
            consequence: """
                Contour leaves the service out and marks those HTTPProxies invalid \
                (`ServiceError/ServiceUnresolvedReference`, of a tcpproxy `TCPProxyError/ServiceUnresolvedReference`). \
                The other services of a route get its share; where there is none, requests get 503 from then on.
                """,
            examples: RuleExample(
                wrong: """
                    metadata:
                      name: podinfo
                    """,
                right: """
                    metadata:
                      name: spare
                    """,
                operation: .delete
            )
        ),
        Rule(
            "service/port-needed-by-proxy",
            .warn,
            "a port of a Service stays as long as HTTPProxies lead to it",
            consequence: """
                Contour leaves the service out and marks those HTTPProxies invalid \
                (`ServiceError/ServiceUnresolvedReference`, of a tcpproxy `TCPProxyError/ServiceUnresolvedReference`). \
                The other services of a route get its share; where there is none, requests get 503 from then on.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      ports:
                      - name: http
                        port: 8080
                    """,
                right: """
                    spec:
                      ports:
                      - name: http
                        port: 80
                      - name: other
                        port: 8080
                    """,
                stored: """
                    spec:
                      ports:
                      - name: http
                        port: 80
                    """
            )
        ),
    ]
}
