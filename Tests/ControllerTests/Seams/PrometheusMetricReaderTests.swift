import Analysis
import Controller
import FlaggerAPI
import HTTP
import HTTPTypes
import JSON
import Platform
import Rollout
import Testing

@Suite(.timeLimit(.minutes(1))) struct PrometheusMetricReaderTests {
    /// Why there is no client.
    private struct NoClient: Error, CustomStringConvertible {
        let description = "metricsServer x: expected an http or https URL"
    }

    private static let endpoint = HTTPEndpoint(isSecure: false, host: "prom", port: 9_090)

    /// The story's Canary whose only metric is `metric`.
    private static func canary(_ metric: JSONValue, server: String? = nil) throws -> Canary {
        var canary = try Examples.canary()
        canary[path: "spec", "analysis", "metrics"] = [metric]
        canary[path: "spec", "metricsServer"] = server.map { .string($0) }
        return try Canary(canary)
    }

    private static func vector(_ value: String) -> PreparedAnswers {
        PreparedAnswers(
            200,
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\","
                + "\"result\":[{\"metric\":{},\"value\":[1.5,\"\(value)\"]}]}}"
        )
    }

    private func answer(to metric: JSONValue, from prometheus: PreparedAnswers) async throws -> Answer {
        let reader = PrometheusMetricReader { _ in
            PrometheusClient(endpoint: Self.endpoint, transport: InMemoryTransport(handler: prometheus))
        }
        let canary = try Self.canary(metric)
        return try await reader.read(try #require(canary.analysis.metrics.first), of: canary)
    }

    /// The expression that a metric makes.
    private func expression(_ metric: JSONValue) async throws -> String? {
        let prometheus = Self.vector("1")
        _ = try await answer(to: metric, from: prometheus)
        let query = try #require(prometheus.requests.first?.head.path).split(separator: "query=").last
        return PercentEncoding.decode(try #require(query))
    }

    @Test func asksForTheCanarysOwnTraffic() async throws {
        let cluster = "envoy_cluster_name=~\"test_podinfo-canary_[0-9a-zA-Z-]+\""
        let rate = try await expression(["name": "request-success-rate", "interval": "90s"])
        #expect(rate?.contains("\(cluster)}[90s]") == true, "\(rate ?? "")")
        #expect(rate?.hasPrefix("100 * sum(rate(envoy_cluster_upstream_rq{") == true, "\(rate ?? "")")
        let duration = try await expression(["name": "request-duration"])
        #expect(
            duration?.contains("envoy_cluster_upstream_rq_time_bucket{\(cluster)}[1m]") == true,
            "\(duration ?? "")"
        )
        #expect(duration?.hasPrefix("histogram_quantile(0.99, ") == true, "\(duration ?? "")")
    }

    @Test func asksAQueryAsItIsWritten() async throws {
        let query = "sum(errors{app=\"podinfo\"})"
        #expect(try await expression(["name": "errors", "query": .string(query)]) == query)
    }

    @Test func readsValuesInTheMetricsUnit() async throws {
        let rate: JSONValue = ["name": "request-success-rate"]
        #expect(try await answer(to: rate, from: Self.vector("99.25")) == .value(99.25))
        #expect(try await answer(to: ["name": "request-duration"], from: Self.vector("499.9")) == .value(499))
        #expect(try await answer(to: ["name": "e", "query": "e"], from: Self.vector("0.5")) == .value(0.5))
        #expect(try await answer(to: rate, from: Self.vector("NaN")) == .noData)
    }

    @Test func saysWhyThereIsNoMeasurement() async throws {
        let refusal = PreparedAnswers(503, "{\"status\":\"error\",\"error\":\"starting\"}")
        #expect(
            try await answer(to: ["name": "request-duration"], from: refusal)
                == .unavailable("query http://prom:9090: status 503, starting")
        )
        let untouched = Self.vector("1")
        let template: JSONValue = ["name": "m", "templateRef": ["name": "latency", "namespace": "ops"]]
        guard case .unavailable(let reason) = try await answer(to: template, from: untouched) else {
            Issue.record("a template is not measured")
            return
        }
        #expect(reason.contains("ops/latency"))
        #expect(
            try await answer(to: ["name": "latency"], from: untouched)
                == .unavailable("no usable metrics template and query were configured")
        )
        #expect(untouched.requests.isEmpty)
    }

    @Test(arguments: [nil, "http://other:9090"])
    func asksTheServerThatTheCanaryNames(server: String?) async throws {
        let asked = Locked<[String?]>([])
        let reader = PrometheusMetricReader { server in
            asked.withLock { $0.append(server) }
            throw NoClient()
        }
        let canary = try Self.canary(["name": "request-duration"], server: server)
        let answer = try await reader.read(try #require(canary.analysis.metrics.first), of: canary)
        #expect(answer == .unavailable("metricsServer x: expected an http or https URL"))
        #expect(asked.withLock { $0 } == [server])
    }

    @Test func endsWithItsTask() async throws {
        let reader = PrometheusMetricReader { _ in
            PrometheusClient(endpoint: Self.endpoint, transport: NobodyThere())
        }
        let canary = try Self.canary(["name": "request-duration"])
        let metric = try #require(canary.analysis.metrics.first)
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await reader.read(metric, of: canary)
        }
        await #expect(throws: CancellationError.self) { try await call.value }
    }
}
