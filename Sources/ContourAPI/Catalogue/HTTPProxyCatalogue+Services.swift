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
            "httpproxy/service-name-missing",
            "a service has a name",
            consequence: """
                Contour leaves the service out and marks the object invalid \
                (`ServiceError/ServiceUnresolvedReference`, of a tcpproxy `TCPProxyError/ServiceUnresolvedReference`, \
                where nothing of the host is served). The route's other services get its share; where there is none, \
                requests get 503.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: ""
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
            "httpproxy/service-port-protocol",
            .warn,
            "the port of the Service is TCP",
            consequence: """
                Contour leaves the service out and marks the object invalid \
                (`ServiceError/ServiceUnresolvedReference`, of a tcpproxy `TCPProxyError/ServiceUnresolvedReference`, \
                where nothing of the host is served). The route's other services get its share; where there is none, \
                requests get 503.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: names
                          port: 53
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: names
                      namespace: test
                    spec:
                      ports:
                      - port: 53
                        protocol: UDP
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
            "httpproxy/service-external-name",
            .warn,
            "a Service of the type ExternalName is routed to only where Contour allows it",
            consequence: """
                Contour leaves the service out and marks the object invalid \
                (`ServiceError/ServiceUnresolvedReference`, of a tcpproxy `TCPProxyError/ServiceUnresolvedReference`, \
                where nothing of the host is served). The route's other services get its share; where there is none, \
                requests get 503. Names of Contour's own machine are refused even where it allows others.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: shop
                          port: 80
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata:
                      name: shop
                      namespace: test
                    spec:
                      type: ExternalName
                      externalName: shop.example
                      ports:
                      - port: 80
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
        Rule(
            "httpproxy/subject-names",
            "the names in a certificate begin with subjectName",
            consequence: """
                Contour marks the object invalid (`ServiceError/TLSUpstreamValidation`, of a token's keys \
                `JWTVerificationError/RemoteJWKSUpstreamValidationInvalid`) and drops all of its routes, those of its \
                includes among them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          protocol: tls
                          validation:
                            caSecret: podinfo-ca
                            subjectName: podinfo.test
                            subjectNames:
                            - other.test
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          protocol: tls
                          validation:
                            caSecret: podinfo-ca
                            subjectName: podinfo.test
                            subjectNames:
                            - podinfo.test
                            - other.test
                    """
            )
        ),
        Rule(
            "httpproxy/validation-unused",
            .warn,
            "a certificate is checked only where the service speaks TLS",
            consequence: """
                Contour reports nothing and looks at no certificate: requests go to the service without TLS.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          validation:
                            caSecret: podinfo-ca
                            subjectName: podinfo.test
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          protocol: tls
                          validation:
                            caSecret: podinfo-ca
                            subjectName: podinfo.test
                    """
            )
        ),
        Rule(
            "httpproxy/slow-start-strategy",
            "slow start goes with RoundRobin and WeightedLeastRequest",
            consequence: """
                Contour marks the object invalid (`ServiceError/SlowStartInvalid`) and drops all of its routes, those \
                of its includes among them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          slowStartPolicy:
                            window: 30s
                        loadBalancerPolicy:
                          strategy: Random
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          slowStartPolicy:
                            window: 30s
                        loadBalancerPolicy:
                          strategy: RoundRobin
                    """
            )
        ),
        Rule(
            "httpproxy/slow-start-invalid",
            "slow start has a duration, and a number for how fast",
            consequence: """
                Contour marks the object invalid (`ServiceError/SlowStartInvalid`) and drops all of its routes, those \
                of its includes among them: requests to them get 404.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          slowStartPolicy:
                            window: 30s
                            aggression: fast
                    """,
                right: """
                    spec:
                      routes:
                      - services:
                        - name: podinfo
                          port: 80
                          slowStartPolicy:
                            window: 30s
                            aggression: "1.5"
                    """
            )
        ),
    ]
}
