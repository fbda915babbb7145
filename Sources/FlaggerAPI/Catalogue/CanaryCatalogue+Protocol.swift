import Schema

/// What Contour speaks to the pods.
extension CanaryCatalogue {
    static let protocols: [Rule] = [
        Rule(
            "canary/app-protocol-unknown",
            .warn,
            "appProtocol must be one that Contour knows",
            consequence: """
                Contour speaks plain HTTP/1 to a port whose appProtocol it does not know, and does not look at its \
                own annotations then: gRPC calls fail, with nothing that says why.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        appProtocol: grpc
                    """,
                right: """
                    spec:
                      service:
                        appProtocol: kubernetes.io/h2c
                    """
            )
        ),
        Rule(
            "canary/protocol-hint",
            .warn,
            "a port for gRPC should say that it speaks HTTP/2",
            consequence: """
                Contour speaks HTTP/1 to a port unless appProtocol or an annotation of both Services says \
                otherwise. Calls of gRPC fail, and with them the revision's checks.
                """,
            examples: RuleExample(
                wrong: """
                    spec:
                      service:
                        portName: grpc
                    """,
                right: """
                    spec:
                      service:
                        portName: grpc
                        appProtocol: kubernetes.io/h2c
                    """
            )
        ),
    ]
}
