import Schema

/// The services of a route: names, ports and protocols.
extension HTTPProxyCatalogue {
    static let services: [Rule] = [
        Rule(
            "httpproxy/port-invalid",
            "a service has a port of 1 to 65535",
            consequence: """
                Contour marks the object invalid (`ServiceError/ServicePortInvalid`) and drops all of its routes, \
                those of its includes among them: requests to them get 404. The port is the Service's own, not that of \
                the pods.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 0
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/service-missing",
            .warn,
            "the Service is there",
            consequence: """
                Contour leaves the service out and marks the object invalid \
                (`ServiceError/ServiceUnresolvedReference`, of a tcpproxy `TCPProxyError/ServiceUnresolvedReference`, \
                where nothing of the host is served) until it is there. The route's other services get its share; \
                where there is none, requests get 503. It is a warning, as files are applied in any order.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: frontend
                          port: 80
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/service-port-missing",
            .warn,
            "the Service has the port",
            consequence: """
                Contour leaves the service out and marks the object invalid \
                (`ServiceError/ServiceUnresolvedReference`, of a tcpproxy `TCPProxyError/ServiceUnresolvedReference`, \
                where nothing of the host is served). The route's other services get its share; where there is none, \
                requests get 503. Only the numbers of the Service's own ports count, not their names and not the pods' \
                ports.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 9898
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                    """
            )
        ),
        Rule(
            "httpproxy/protocol-unsupported",
            "the protocol of a service is tls, h2 or h2c",
            consequence: """
                Contour marks the object invalid (`ServiceError/UnsupportedProtocol`) and drops all of its routes, \
                those of its includes among them: requests to them get 404. A Service may name such a protocol too, by \
                `appProtocol` or an annotation.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          protocol: http2
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          protocol: h2c
                    """
            )
        ),
    ]
}
