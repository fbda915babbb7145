package import HTTP
import HTTPTypes
import JSON
package import Platform

/// The sandbox's stand-in for Prometheus: answers instant queries about the simulated Envoy.
///
/// `GET` or `POST /api/v1/query` with `query` and optionally `time`, `/metrics` with Envoy's counters in the text
/// exposition format, `/served` with what each revision has answered so far, `/-/healthy` and `/-/ready`; anything else is
/// 404. What of PromQL is supported stands at
/// `PromQLEvaluator`; the rest is refused with 400 and the place in the expression.
package struct MetricsHandler: HTTPHandler {
    /// Bytes of an expression; Flagger's builtin ones have about 250.
    private static let queryLimit = 16 << 10

    private let metrics: EnvoyMetrics
    private let clock: any WallClock

    /// A handler that asks `metrics` at the time of `clock`.
    package init(metrics: EnvoyMetrics, clock: any WallClock) {
        self.metrics = metrics
        self.clock = clock
    }

    /// What each revision has served so far.
    package var served: [ServedRequests] { metrics.served }

    /// The answer to `request`.
    package func response(to request: ServerRequest) async -> ServerResponse {
        switch (request.path, request.head.method) {
        case ("/api/v1/query", .get): return query(QueryItems(query: request.query))
        case ("/api/v1/query", .post):
            guard let form = QueryItems(query: String(decoding: request.body, as: UTF8.self)) else { return query(nil) }
            return query(form["query"] == nil ? QueryItems(query: request.query) : form)
        case ("/metrics", .get):
            let body = metrics.exposition
            return .init(status: .ok, contentType: "text/plain; version=0.0.4", body: .bytes(Array(body.utf8)))
        case ("/served", .get): return Self.json(["items": .array(served.map(\.json))])
        case ("/-/healthy", .get), ("/-/ready", .get): return .text("Prometheus Server is Healthy.\n")
        case ("/api/v1/query", _): return Self.notAllowed(butFor: "GET, POST")
        case ("/metrics", _), ("/served", _), ("/-/healthy", _), ("/-/ready", _):
            return Self.notAllowed(butFor: "GET")
        default: return .text("404 page not found\n", status: .notFound)
        }
    }

    private func query(_ items: QueryItems?) -> ServerResponse {
        guard let items else { return Self.refusal("a percent escape in the parameters is broken") }
        let expression = items["query"] ?? ""
        guard expression.utf8.count <= Self.queryLimit else {
            return Self.refusal("invalid parameter \"query\": longer than \(Self.queryLimit) bytes")
        }
        guard let time = moment(items["time"]) else {
            let text = items["time"] ?? ""
            return Self.refusal("invalid parameter \"time\": cannot parse \"\(text)\" to a valid timestamp")
        }
        do throws(PromQLError) {
            let value = try PromQLEvaluator(metrics.samples, at: time).value(of: expression)
            return Self.json(["status": "success", "data": QueryAnswer(value, at: time.milliseconds).json])
        } catch {
            return Self.refusal("invalid parameter \"query\": \(error.description)")
        }
    }

    /// The time that is asked about: seconds since 1970, RFC 3339, or now.
    private func moment(_ text: String?) -> Timestamp? {
        guard let text else { return clock.now() }
        if let time = Timestamp(rfc3339: text) { return time }
        // Within this Int64 milliseconds are far from their end.
        guard let seconds = Double(text), abs(seconds) < 1e12 else { return nil }
        return Timestamp(seconds: 0) + .milliseconds(Int64((seconds * 1_000).rounded()))
    }

    private static func refusal(_ reason: String) -> ServerResponse {
        json(["status": "error", "errorType": "bad_data", "error": .string(reason)], status: .badRequest)
    }

    private static func json(_ body: JSONValue, status: HTTPResponse.Status = .ok) -> ServerResponse {
        ServerResponse(status: status, contentType: "application/json", body: .bytes(body.serialized))
    }

    private static func notAllowed(butFor methods: String) -> ServerResponse {
        .text("Method Not Allowed\n", status: .methodNotAllowed, headerFields: [.allow: methods])
    }
}
