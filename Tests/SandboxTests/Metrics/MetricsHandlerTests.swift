import HTTP
import HTTPTypes
import JSON
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct MetricsHandlerTests {
    private let clock = ManualClock()
    private let metrics = EnvoyMetrics()

    private func answer(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        body: String = ""
    ) async -> (code: Int, body: String, head: HTTPResponse) {
        let handler = MetricsHandler(metrics: metrics, clock: clock)
        let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
        let response = await handler.response(to: ServerRequest(head: head, body: Array(body.utf8)))
        guard case .bytes(let bytes) = response.body else { return (0, "", response.head) }
        return (response.head.status.code, String(decoding: bytes, as: UTF8.self), response.head)
    }

    private func countSomething() {
        metrics.update { counts in
            counts.envoy.count(98, code: 200, in: "test_podinfo_80")
            counts.envoy.count(2, code: 503, in: "test_podinfo_80")
            counts.envoy.time(90, milliseconds: 40, in: "test_podinfo_80")
            counts.envoy.time(10, milliseconds: 120, in: "test_podinfo_80")
        }
        metrics.scrape(at: clock.now())
    }

    @Test func answersVectors() async {
        countSomething()
        let (code, body, head) = await answer("/api/v1/query?query=envoy_cluster_upstream_rq_xx")
        #expect(code == 200)
        #expect(head.headerFields[.contentType] == "application/json")
        let cluster = "\"__name__\":\"envoy_cluster_upstream_rq_xx\",\"envoy_cluster_name\":\"test_podinfo_80\""
        #expect(
            body == """
                {"status":"success","data":{"resultType":"vector","result":[\
                {"metric":{\(cluster),"envoy_response_code_class":"2"},"value":[1795579200,"98"]},\
                {"metric":{\(cluster),"envoy_response_code_class":"5"},"value":[1795579200,"2"]}]}}
                """
        )
    }

    @Test func answersScalarsMatricesAndNothing() async {
        countSomething()
        let scalar = await answer("/api/v1/query?query=0%2F0")
        #expect(
            scalar.body
                == "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1795579200,\"NaN\"]}}"
        )
        let matrix = await answer("/api/v1/query?query=envoy_cluster_upstream_rq_total%5B1m%5D")
        #expect(matrix.body.contains("\"resultType\":\"matrix\""))
        #expect(matrix.body.contains("\"values\":[[1795579200,\"100\"]]"))
        let empty = await answer("/api/v1/query?query=other")
        #expect(empty.body == "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}")
    }

    @Test func takesQueriesByPostAndTimes() async {
        countSomething()
        let posted = await answer("/api/v1/query", .post, body: "query=1%2B1")
        #expect(posted.body.contains("\"2\""))
        let later = await answer("/api/v1/query?query=count(envoy_cluster_upstream_rq)&time=2026-11-25T04:06:00Z")
        #expect(later.body.contains("\"result\":[]"))
        let then = await answer("/api/v1/query?query=count(envoy_cluster_upstream_rq)&time=1795579200.5")
        #expect(then.body.contains("[1795579200.5,\"2\"]"))
    }

    @Test(arguments: [
        ("/api/v1/query", "invalid parameter \"query\": 1:1: parse error: no expression found in input"),
        (
            "/api/v1/query?query=1&time=now",
            "invalid parameter \"time\": cannot parse \"now\" to a valid timestamp"
        ),
        ("/api/v1/query?query=%zz", "a percent escape in the parameters is broken"),
    ])
    func refusesWithTheReason(path: String, reason: String) async throws {
        let (code, body, _) = await answer(path)
        #expect(code == 400)
        #expect(
            try JSONValue(parsing: body) == ["status": "error", "errorType": "bad_data", "error": .string(reason)]
        )
    }

    @Test func exposesEnvoysCounters() async {
        countSomething()
        let (code, body, head) = await answer("/metrics")
        #expect(code == 200)
        #expect(head.headerFields[.contentType] == "text/plain; version=0.0.4")
        let lines = body.split(separator: "\n")
        let cluster = "envoy_cluster_name=\"test_podinfo_80\""
        for line in [
            "# TYPE envoy_cluster_upstream_rq counter",
            "envoy_cluster_upstream_rq{\(cluster),envoy_response_code=\"503\"} 2",
            "envoy_cluster_upstream_rq_total{\(cluster)} 100",
            "# TYPE envoy_cluster_upstream_rq_time histogram",
            "envoy_cluster_upstream_rq_time_bucket{\(cluster),le=\"0.5\"} 0",
            "envoy_cluster_upstream_rq_time_bucket{\(cluster),le=\"100\"} 90",
            "envoy_cluster_upstream_rq_time_bucket{\(cluster),le=\"250\"} 100",
            "envoy_cluster_upstream_rq_time_bucket{\(cluster),le=\"+Inf\"} 100",
            "envoy_cluster_upstream_rq_time_sum{\(cluster)} 4800",
            "envoy_cluster_upstream_rq_time_count{\(cluster)} 100",
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
    }

    @Test func knowsNoOtherPathsAndMethods() async {
        #expect(await answer("/-/healthy").code == 200)
        #expect(await answer("/api/v1/query_range?query=1").code == 404)
        let wrong = await answer("/api/v1/query", .delete)
        #expect(wrong.code == 405)
        #expect(wrong.head.headerFields[.allow] == "GET, POST")
        #expect(await answer("/metrics", .post).code == 405)
    }
}
