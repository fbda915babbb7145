import Schema

/// What is looked for on the services of routes and of a TCP proxy.
extension ProxyCheck {
    private static let service = "ServiceError"
    private static let unresolved = "ServiceUnresolvedReference"

    static let port = ProxyCheck("port-invalid", .drop, service, "ServicePortInvalid")
    static let serviceName = ProxyCheck("service-name-missing", .nextService, service, unresolved)
    static let serviceMissing = ProxyCheck("service-missing", .warn, .nextService, service, unresolved)
    static let servicePort = ProxyCheck("service-port-missing", .warn, .nextService, service, unresolved)
    static let serviceProtocol = ProxyCheck("service-port-protocol", .warn, .nextService, service, unresolved)
    static let serviceExternal = ProxyCheck("service-external-name", .warn, .nextService, service, unresolved)
    static let upstreamProtocol = ProxyCheck("protocol-unsupported", .drop, service, "UnsupportedProtocol")
    static let subjectNames = ProxyCheck("subject-names", .drop, service, "TLSUpstreamValidation")
    static let clientCertificate = ProxyCheck(
        "client-certificate-unusable",
        .warn,
        .drop,
        "TLSError",
        "SecretNotValid"
    )
    static let slowStartStrategy = ProxyCheck("slow-start-strategy", .drop, service, "SlowStartInvalid")
    static let slowStart = ProxyCheck("slow-start-invalid", .drop, service, "SlowStartInvalid")
    static let secondMirror = ProxyCheck("second-mirror", .drop, service, "OnlyOneMirror")
}
