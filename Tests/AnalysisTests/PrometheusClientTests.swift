import HTTP
import HTTPTypes
import Testing

@testable import Analysis

@Suite struct PrometheusClientTests {
    private func reading(_ body: String, status: Int = 200) async throws -> MetricReading {
        let transport = InMemoryTransport(handler: AnsweringHandler([(status, body)]))
        let endpoint = HTTPEndpoint(isSecure: false, host: "prom", port: 9_090)
        return try await PrometheusClient(endpoint: endpoint, transport: transport).query("up")
    }

    private func vector(_ values: String...) -> String {
        let series = values.map { "{\"metric\":{},\"value\":[1574000000.5,\"\($0)\"]}" }.joined(separator: ",")
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[\(series)]}}"
    }

    @Test func takesTheValueOfTheOnlySeries() async throws {
        #expect(try await reading(vector("99.25")) == .value(99.25))
    }

    @Test func takesTheLastParsableOfSeveralSeries() async throws {
        #expect(try await reading(vector("1", "2", "soon")) == .value(2))
    }

    @Test(arguments: [("+Inf", Double.infinity), ("-Inf", -Double.infinity), ("1e+06", 1e6)])
    func acceptsNumberForms(text: String, value: Double) async throws {
        #expect(try await reading(vector(text)) == .value(value))
    }

    @Test func readsNaNAndNoSeriesAsNoData() async throws {
        #expect(try await reading(vector("NaN")) == .noData)
        #expect(try await reading(vector()) == .noData)
    }

    @Test(arguments: [
        (
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
            "read query result: several values for a series, expected one"
        ),
        (
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"values\":[]}]}}",
            "read query result: several values for a series, expected one"
        ),
        (
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"2\"]}}",
            "read query result: type scalar, expected vector"
        ),
        (
            "{\"status\":\"success\"}",
            "read query result: nothing, expected an array of series"
        ),
    ])
    func refusesWhatIsNoInstantVector(body: String, message: String) async throws {
        #expect(try await reading(body) == .failed(message))
    }

    @Test func passesOnWhatPrometheusSaidOfABadQuery() async throws {
        let body = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error:\\n unexpected <EOF>\"}"
        let expected = MetricReading.failed("query http://prom:9090: status 400, parse error: unexpected <EOF>")
        #expect(try await reading(body, status: 400) == expected)
    }

    @Test func reportsAnAnswerThatIsNoJSON() async throws {
        #expect(
            try await reading("<html>", status: 503) == .failed("query http://prom:9090: status 503, <html>")
        )
        guard case .failed(let text) = try await reading("<html>") else {
            Issue.record("a page is no reading")
            return
        }
        #expect(text.hasPrefix("read the answer of http://prom:9090: parse JSON:"))
    }

    @Test func reportsAnUnreachableServer() async throws {
        let endpoint = HTTPEndpoint(isSecure: false, host: "prom", port: 80)
        let reading = try await PrometheusClient(endpoint: endpoint, transport: UnreachableTransport()).query("up")
        #expect(reading == .failed("query http://prom: connect to hook.test:80: connection refused"))
    }

    @Test func sendsTheQueryOnOneLinePercentEncoded() {
        let endpoint = HTTPEndpoint(isSecure: false, host: "prom", port: 80, basePath: "/select/0")
        let client = PrometheusClient(
            endpoint: endpoint,
            transport: UnreachableTransport(),
            headerFields: [.authorization: "Bearer t"]
        )
        let request = client.request(for: "sum(\n  rate(a{b=\"é\"}[1m])\n)")
        let query = "sum%28%20rate%28a%7Bb%3D%22%C3%A9%22%7D%5B1m%5D%29%20%29"
        #expect(request.head.path == "/select/0/api/v1/query?query=\(query)")
        #expect(request.head.method == .get)
        #expect(request.head.headerFields[.authorization] == "Bearer t")
        #expect(request.timeout == .seconds(5))
    }
}
