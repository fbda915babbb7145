package import HTTP
import Platform

extension ServerMetrics {
    private static let open = MetricFamily(
        "canarygate_http_connections",
        .gauge,
        help: "Open connections on the webhook port."
    )
    private static let accepted = MetricFamily(
        "canarygate_http_connections_total",
        .counter,
        help: "Connections taken on the webhook port."
    )
    private static let handshakes = MetricFamily(
        "canarygate_http_handshakes_total",
        .counter,
        help: "TLS handshakes completed."
    )
    private static let inFlight = MetricFamily(
        "canarygate_http_requests_in_flight",
        .gauge,
        help: "Requests that have no answer yet."
    )
    private static let bodies = MetricFamily(
        "canarygate_http_body_bytes",
        .gauge,
        help: "Bytes set aside for bodies of requests beyond the first 64 KiB of each."
    )
    private static let requests = MetricFamily(
        "canarygate_http_requests_total",
        .counter,
        help: "Answers by status, refusals among them.",
        labels: ["code"]
    )
    private static let refused = MetricFamily(
        "canarygate_http_refused_total",
        .counter,
        help: "Clients that were refused or cut, by reason.",
        labels: ["reason"]
    )

    /// What the HTTP server has counted, in Prometheus' text format.
    package static func exposition(of statistics: ServerStatistics) -> String {
        let registry = MetricRegistry([open, accepted, handshakes, inFlight, bodies, requests, refused])
        registry.set(Double(statistics.connections), of: open)
        registry.set(Double(statistics.acceptedConnections), of: accepted)
        registry.set(Double(statistics.handshakes), of: handshakes)
        registry.set(Double(statistics.requestsInFlight), of: inFlight)
        registry.set(Double(statistics.bodyBytes), of: bodies)
        for (code, count) in statistics.answers { registry.set(Double(count), of: requests, String(code)) }
        for (reason, count) in statistics.refusals { registry.set(Double(count), of: refused, reason) }
        return registry.exposition
    }
}
