import Schema

/// Words for what the fields of an HTTPProxy may not be.
extension HTTPProxySchema {
    /// The words for what the checks tell too: theirs are shown.
    static func told(_ rule: String, _ problem: String, _ remedy: String) -> Explanation {
        Explanation("httpproxy/\(rule)", problem, remedy)
    }

    static let serviceName = told("service-name-missing", "a service without a name", "write the name of a Service")
    static let port = told("port-invalid", "no port", "write a port number of the Service, 1 to 65535")
    static let timeout = told("timeout-invalid", "no duration", "write for example 15s, 1m30s or infinity")
    static let slowStart = told("slow-start-invalid", "no duration or no number", "write a window such as 30s")
    static let clientAuthority = told(
        "client-validation-without-ca",
        "clients' certificates have nothing to be checked with",
        "write the Secret with the authorities"
    )
    static let keySource = told("jwks-source", "no source of keys", "write remoteJWKS.uri or localJWKS.secretName")
    static let keyDuration = told("jwks-duration", "no duration", "write for example 5s or 10m")
    static let healthStatus = told("health-check-statuses", "out of range", "write a start and an end of 100 to 600")

    static func statuses(_ minimum: Double, _ maximum: Double) -> Bounds {
        Bounds(minimum, maximum, below: healthStatus, above: healthStatus)
    }

    static let healthPath = Explanation(
        "httpproxy/health-check-path",
        "a health check without a path, so Envoy refuses the clusters of the route",
        "write a path such as /healthz"
    )
    static let unnegative = Bounds(
        0,
        below: Explanation(
            "httpproxy/health-check-negative",
            "below 0, so Envoy refuses the clusters",
            "write seconds above 0, or leave it out"
        )
    )
    static let weight = Bounds(
        0,
        below: Explanation("httpproxy/weight-negative", "below 0", "write 0 or more, for a canary 0 to 100")
    )
    static let retryCount = Bounds(
        -1,
        below: Explanation("httpproxy/retry-count", "below -1", "write how many times to try again, or -1 for never")
    )

    private static let retryReasons = [
        "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "envoy-ratelimited",
        "retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers",
        "http3-post-connect-failure", "cancelled", "deadline-exceeded", "internal", "resource-exhausted",
        "unavailable",
    ]
    static let retryReason = Schema.string("A reason.", choices: retryReasons)
        .explained(
            Explanation(
                "httpproxy/retry-on-unknown",
                "no reason to retry",
                "write any of \(retryReasons.joined(separator: ", "))"
            )
        )
}
