package import HTTP
import HTTPTypes

/// Answers the kubelet's probes and Prometheus: `/healthz`, `/readyz` and `/metrics`.
package struct OperationsHandler: HTTPHandler {
    private let metrics: @Sendable () -> String
    private let obstacles: @Sendable () -> [String]

    /// A handler that shows `metrics`, in Prometheus' text format; `obstacles` says why the server should not be asked,
    /// nothing when it may.
    package init(metrics: @escaping @Sendable () -> String, obstacles: @escaping @Sendable () -> [String]) {
        self.metrics = metrics
        self.obstacles = obstacles
    }

    /// How the port for probes and scrapes is served.
    package static func configuration(address: String) -> HTTPServer.Configuration {
        var configuration = HTTPServer.Configuration(address: address)
        // The kubelet, Prometheus and a person or two, who have nothing to send: it is open to whoever reaches the pod,
        // and what it held would be taken from the webhooks.
        configuration.maxConnections = 128
        configuration.limits.bodyBytes = 0
        configuration.limits.headBytes = 8 << 10
        return configuration
    }

    /// The answer to a probe or a scrape.
    package func response(to request: ServerRequest) async -> ServerResponse {
        guard request.head.method == .get || request.head.method == .head else {
            return .text("ask with GET\n", status: .methodNotAllowed, headerFields: [.allow: "GET, HEAD"])
        }
        switch request.path {
        case "/healthz": return .text("ok\n")
        case "/readyz":
            let obstacles = obstacles()
            guard !obstacles.isEmpty else { return .text("ok\n") }
            return .text(obstacles.map { "not ready: \($0)\n" }.joined(), status: .serviceUnavailable)
        case "/metrics":
            return ServerResponse(
                status: .ok,
                contentType: "text/plain; version=0.0.4; charset=utf-8",
                body: .bytes(Array(metrics().utf8))
            )
        default: return .text("expected /healthz, /readyz or /metrics\n", status: .notFound)
        }
    }
}
