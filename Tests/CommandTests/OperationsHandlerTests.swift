import HTTP
import HTTPTypes
import Platform
import Sockets
import Testing
import canarygate

@Suite struct OperationsHandlerTests {
    private static let family = MetricFamily("things_total", .counter, help: "Things.")
    private let registry = MetricRegistry([family])

    private func ask(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        obstacles: [String] = []
    ) async -> (status: Int, text: String) {
        let handler = OperationsHandler(metrics: { [registry] in registry.exposition }, obstacles: { obstacles })
        let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
        let response = await handler.response(to: ServerRequest(head: head))
        guard case .bytes(let bytes) = response.body else { return (response.head.status.code, "a stream") }
        return (response.head.status.code, String(decoding: bytes, as: UTF8.self))
    }

    @Test func isReadyWhenNothingStandsInTheWay() async {
        #expect(await ask("/readyz") == (200, "ok\n"))
    }

    @Test func saysEachReasonWhyItIsNotReady() async {
        let obstacles = ["the first list of canaries.flagger.app has not arrived", "shutting down"]
        let answer = await ask("/readyz", obstacles: obstacles)
        #expect(answer.status == 503)
        #expect(
            answer.text
                == "not ready: the first list of canaries.flagger.app has not arrived\nnot ready: shutting down\n"
        )
    }

    @Test func livesThoughItIsNotReady() async {
        #expect(await ask("/healthz", obstacles: ["shutting down"]) == (200, "ok\n"))
    }

    @Test func showsTheRegistry() async {
        registry.add(3, to: Self.family)
        let answer = await ask("/metrics?x=1")
        #expect(answer.text == "# HELP things_total Things.\n# TYPE things_total counter\nthings_total 3\n")
    }

    @Test func refusesWhatItDoesNotHave() async {
        #expect(await ask("/") == (404, "expected /healthz, /readyz or /metrics\n"))
        #expect(await ask("/healthz", .post) == (405, "ask with GET\n"))
    }

    @Test func takesNoBodiesAndSmallHeads() async throws {
        let loops = EventLoopGroup(count: 1)
        let server = try HTTPServer(
            configuration: OperationsHandler.configuration(address: "127.0.0.1:0"),
            loops: loops,
            handler: OperationsHandler(metrics: { "" }, obstacles: { [] })
        )
        let running = Task(executorPreference: loops.loops[0]) { try await server.run() }
        let client = HTTPClient(
            endpoint: HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: server.port),
            tls: nil,
            loops: loops
        )
        let name = try #require(HTTPField.Name("x-fill"))
        let fill: HTTPFields = [name: String(repeating: "a", count: 8 << 10)]
        for (request, status) in [
            (ClientRequest(method: .get, path: "/healthz"), 200),
            (ClientRequest(method: .post, path: "/healthz", body: [0x61]), 413),
            (ClientRequest(method: .get, path: "/healthz", headerFields: fill), 431),
        ] {
            #expect(try await client.send(request).head.status.code == status)
        }
        running.cancel()
        try await running.value
        await Task.detached { loops.shutdown() }.value
    }
}
