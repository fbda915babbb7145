import JSON
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
            .required("name", .string("The Service's name."), absence: serviceName),
            .required(
                "port",
                .integer("The Service's port.", Bounds(1, 65_535, below: port, above: port)),
                absence: port
            ),
            .optional("healthPort", .integer("The port of health checks, by default the same.", Bounds(1, 65_535))),
            .optional(
                "protocol",
                .string("What it talks, by default what the Service says.", choices: ["h2", "h2c", "tls"])
                    .explained(told("protocol-unsupported", "no protocol for a service", "write tls, h2 or h2c"))
            ),
            .optional("weight", .integer("Its share of requests, of a mirror in percent.", weight).standing(for: 0)),
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
                        .required(
                            "window",
                            .string("How long.", format: .timeout).explained(slowStart),
                            absence: slowStart
                        ),
                        .optional(
                            "aggression",
                            .string("How fast, as text.", format: .decimal).explained(slowStart).standing(for: "1.0")
                        ),
                        .optional("minWeightPercent", .integer("Its least share.", Bounds(0, 100)).standing(for: 10)),
                    ]
                )
            ),
        ]
    )

    private static let redirect = Schema.object(
        "Another address to ask.",
        [
            .optional("scheme", .string("Its scheme.", choices: ["http", "https"])),
            .optional("hostname", .string("Its host.", format: .hostName)),
            .optional("port", .integer("Its port.", Bounds(1, 65_535))),
            .optional("statusCode", .integer("301, 302, 303, 307 or 308.").standing(for: 302)),
            .optional("path", .string("Its path.", format: .path)),
            .optional("prefix", .string("What takes the matched prefix' place.", format: .path)),
        ]
    )

    private static let timeouts = Schema.object(
        "How long things may take.",
        [
            .optional(
                "response",
                .string("The whole response.", format: .endlessTimeout).explained(timeout).standing(for: "15s")
            ),
            .optional(
                "idle",
                .string("Silence on a stream.", format: .endlessTimeout).explained(timeout).standing(for: "5m")
            ),
            .optional(
                "idleConnection",
                .string("Silence on a connection to a service.", format: .endlessTimeout).explained(timeout)
                    .standing(for: "1h")
            ),
        ]
    )

    private static let retries = Schema.object(
        "When a request is tried again.",
        [
            .optional("count", .integer("How often; -1 for never.", retryCount).standing(for: 1)),
            .optional("perTryTimeout", .string("How long each may take.", format: .tryTimeout)),
            .optional("retryOn", .list("After what, by default 5xx.", of: retryReason)),
            .optional("retriableStatusCodes", .list("After which statuses.", of: .integer("A status.", Bounds(0)))),
        ]
    )

    private static let healthCheck = Schema.object(
        "How an endpoint is found to be up.",
        [
            .required("path", .filled("The path to ask.").explained(healthPath), absence: healthPath),
            .optional("host", .string("The host to ask for.").standing(for: "contour-envoy-healthcheck")),
            .optional("intervalSeconds", .integer("Seconds between two checks.", unnegative).standing(for: 10)),
            .optional("timeoutSeconds", .integer("Seconds until a check has failed.", unnegative).standing(for: 2)),
            .optional("unhealthyThresholdCount", .integer("Failures until it is down.", Bounds(0)).standing(for: 3)),
            .optional("healthyThresholdCount", .integer("Successes until it is up.", Bounds(0)).standing(for: 2)),
            .optional(
                "expectedStatuses",
                .list(
                    "Ranges of good statuses.",
                    of: .object(
                        "From start up to, not with, end.",
                        [
                            .required("start", .integer("The first.", statuses(100, 599)), absence: healthStatus),
                            .required(
                                "end",
                                .integer("The one after the last.", statuses(101, 600)),
                                absence: healthStatus
                            ),
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
                            .optional("prefix", .filled("The prefix; the matched one without it.")),
                            .required("replacement", .filled("What takes its place.")),
                        ]
                    )
                )
            )
        ]
    )

    private static let internalRedirect = Schema.object(
        "Redirects that the proxy follows itself.",
        [
            .optional("maxInternalRedirects", .integer("How many.", Bounds(0, 4_294_967_295)).standing(for: 1)),
            .optional(
                "redirectResponseCodes",
                .list("Which statuses, by default 302.", of: .integer("301, 302, 303, 307 or 308."))
            ),
            .optional(
                "allowCrossSchemeRedirect",
                .string("Whether between schemes.", choices: ["Always", "Never", "SafeOnly"]).standing(for: "Never")
            ),
            .optional("denyRepeatedRouteRedirect", .boolean("Whether never to the same route twice.")),
        ]
    )
}
