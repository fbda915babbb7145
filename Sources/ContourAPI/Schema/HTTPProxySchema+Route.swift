import Schema

/// `spec.routes[]` and its services.
extension HTTPProxySchema {
    static let route = Schema.object(
        "What happens to requests that meet conditions.",
        [
            .optional("conditions", .list("What a request must be like.", of: matchCondition)),
            .optional("services", .list("Where to, by weight.", of: service)),
            .optional("requestRedirectPolicy", redirect),
            .optional(
                "directResponsePolicy",
                .object(
                    "A fixed answer.",
                    [
                        .required("statusCode", .integer("Its status.", Bounds(200, 599))),
                        .optional("body", .string("Its body.")),
                    ]
                )
            ),
            .optional("enableWebsockets", .boolean("Whether connections may be upgraded.")),
            .optional("permitInsecure", .boolean("Whether plain HTTP is served beside TLS.")),
            .optional("timeoutPolicy", timeouts),
            .optional("retryPolicy", retries),
            .optional("healthCheckPolicy", healthCheck),
            .optional("loadBalancerPolicy", loadBalancer),
            .optional("pathRewritePolicy", pathRewrite),
            .optional("requestHeadersPolicy", headers),
            .optional("responseHeadersPolicy", headers),
            .optional("cookieRewritePolicies", .list("Cookies changed on the way.", of: cookieRewrite)),
            .optional("rateLimitPolicy", rateLimit),
            .optional("authPolicy", authPolicy),
            .optional("internalRedirectPolicy", internalRedirect),
            .optional(
                "jwtVerificationPolicy",
                .object(
                    "Which token is asked for.",
                    [
                        .optional("require", .string("The provider's name.")),
                        .optional("disabled", .boolean("Whether none is.")),
                    ]
                )
            ),
            .optional("ipAllowPolicy", .list("Addresses let in.", of: ipFilter)),
            .optional("ipDenyPolicy", .list("Addresses kept out.", of: ipFilter)),
        ]
    )

    static let service = Schema.object(
        "A Service in the object's namespace.",
        [
            .required("name", .string("The Service's name.")),
            .required(
                "port",
                .integer("The Service's port."),
                absence: Explanation(
                    "httpproxy/port-invalid",
                    "a service without a port (Contour: ServiceError/ServicePortInvalid)",
                    "write a port number of the Service, 1 to 65535"
                )
            ),
            .optional("healthPort", .integer("The port of health checks.")),
            .optional("protocol", .string("h2, h2c or tls.")),
            .optional("weight", .integer("Its share of requests.")),
            .optional("mirror", .boolean("Whether it gets copies only.")),
            .optional("validation", upstreamValidation),
            .optional("requestHeadersPolicy", headers),
            .optional("responseHeadersPolicy", headers),
            .optional("cookieRewritePolicies", .list("Cookies changed on the way.", of: cookieRewrite)),
            .optional(
                "slowStartPolicy",
                .object(
                    "How a new endpoint warms up.",
                    [
                        .required("window", .string("How long.")),
                        .optional("aggression", .string("How fast, as text.")),
                        .optional("minWeightPercent", .integer("Its least share.", Bounds(0, 100))),
                    ]
                )
            ),
        ]
    )

    private static let redirect = Schema.object(
        "Another address to ask.",
        [
            .optional("scheme", .string("Its scheme.", choices: ["http", "https"])),
            .optional("hostname", .string("Its host.")),
            .optional("port", .integer("Its port.", Bounds(1, 65_535))),
            .optional("statusCode", .integer("301, 302, 303, 307 or 308.", Bounds(301, 308))),
            .optional("path", .string("Its path.")),
            .optional("prefix", .string("What takes the matched prefix' place.")),
        ]
    )

    private static let timeouts = Schema.object(
        "How long things may take.",
        [
            .optional("response", .string("The whole response.")),
            .optional("idle", .string("Silence on a stream.")),
            .optional("idleConnection", .string("Silence on a connection to a service.")),
        ]
    )

    private static let retries = Schema.object(
        "When a request is tried again.",
        [
            .optional("count", .integer("How often.")),
            .optional("perTryTimeout", .string("How long each may take.")),
            .optional("retryOn", .list("After what.", of: .string("A reason."))),
            .optional("retriableStatusCodes", .list("After which statuses.", of: .integer("A status."))),
        ]
    )

    private static let healthCheck = Schema.object(
        "How an endpoint is found to be up.",
        [
            .required("path", .string("The path to ask.")),
            .optional("host", .string("The host to ask for.")),
            .optional("intervalSeconds", .integer("Seconds between two checks.", Bounds(0))),
            .optional("timeoutSeconds", .integer("Seconds until a check has failed.", Bounds(0))),
            .optional("unhealthyThresholdCount", .integer("Failures until it is down.", Bounds(0))),
            .optional("healthyThresholdCount", .integer("Successes until it is up.", Bounds(0))),
            .optional(
                "expectedStatuses",
                .list(
                    "Ranges of good statuses.",
                    of: .object(
                        "From start up to, not with, end.",
                        [
                            .required("start", .integer("The first.", Bounds(100, 599))),
                            .required("end", .integer("The one after the last.", Bounds(101, 600))),
                        ]
                    )
                )
            ),
        ]
    )

    private static let pathRewrite = Schema.object(
        "How the path is changed.",
        [
            .optional(
                "replacePrefix",
                .list(
                    "Prefixes and what takes their place.",
                    of: .object(
                        "One prefix.",
                        [
                            .optional("prefix", .string("The prefix; the matched one without it.")),
                            .required("replacement", .string("What takes its place.")),
                        ]
                    )
                )
            )
        ]
    )

    private static let internalRedirect = Schema.object(
        "Redirects that the proxy follows itself.",
        [
            .optional("maxInternalRedirects", .integer("How many.", Bounds(0))),
            .optional("redirectResponseCodes", .list("Which statuses.", of: .integer("A status."))),
            .optional(
                "allowCrossSchemeRedirect",
                .string("Whether between schemes.", choices: ["Always", "Never", "SafeOnly"])
            ),
            .optional("denyRepeatedRouteRedirect", .boolean("Whether never to the same route twice.")),
        ]
    )
}
