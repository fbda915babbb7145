import HTTP
import HTTPTypes
import Sockets
import Testing

/// When a connection is used again, and when a request is sent again.
@Suite(.timeLimit(.minutes(1))) struct ClientPoolTests {
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    private func send(
        _ client: HTTPClient,
        _ path: String,
        method: HTTPRequest.Method = .get
    ) async throws -> String {
        let response = try await client.send(ClientRequest(method: method, path: path))
        return text(try await response.body.collect(upTo: 1_000))
    }

    @Test func aConnectionIsUsedAgain() async throws {
        try await RawServer.playing([[.answer(Self.ok), .answer(Self.ok), .answer(Self.ok)]]) {
            (client, server) async throws in
            for number in 1...3 { #expect(try await send(client, "/\(number)") == "ok") }
            #expect(server.requests == (1...3).map { "1: GET /\($0) HTTP/1.1" })
        }
    }

    @Test(
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
            "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\n\r\nok",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokand more",
        ]
    )
    func aConnectionThatCannotBeIsNot(answer: String) async throws {
        try await RawServer.playing([[.answer(answer)], [.answer(Self.ok)]]) { (client, server) async throws in
            #expect(try await send(client, "/1") == "ok")
            #expect(try await send(client, "/2") == "ok")
            #expect(server.requests == ["1: GET /1 HTTP/1.1", "2: GET /2 HTTP/1.1"])
        }
    }

    @Test func aConnectionThatWasClosedIsNoticed() async throws {
        try await RawServer.playing([[.answer(Self.ok)], [.answer(Self.ok)]]) { (client, server) async throws in
            #expect(try await send(client, "/1") == "ok")
            #expect(try await send(client, "/2") == "ok")
            #expect(server.requests == ["1: GET /1 HTTP/1.1", "2: GET /2 HTTP/1.1"])
        }
    }

    @Test func aSafeRequestThatWasSwallowedIsSentAgain() async throws {
        try await RawServer.playing([[.answer(Self.ok), .read], [.answer(Self.ok)]]) { (client, server) async throws in
            #expect(try await send(client, "/1") == "ok")
            #expect(try await send(client, "/2") == "ok")
            #expect(server.requests == ["1: GET /1 HTTP/1.1", "1: GET /2 HTTP/1.1", "2: GET /2 HTTP/1.1"])
        }
    }

    @Test func aRequestThatChangesSomethingIsNot() async throws {
        try await RawServer.playing([[.answer(Self.ok), .read]]) { (client, server) async throws in
            #expect(try await send(client, "/1") == "ok")
            let error = await #expect(throws: HTTPError.self) { try await send(client, "/2", method: .post) }
            #expect(error?.code == .closed)
            #expect(error?.description == "read from 127.0.0.1:\(server.port): closed without a response")
            #expect(server.requests == ["1: GET /1 HTTP/1.1", "1: POST /2 HTTP/1.1"])
        }
    }

    @Test func aRequestWhoseAnswerHadBegunIsNot() async throws {
        try await RawServer.playing([[.answer(Self.ok), .answer("HTTP/1.1 200 O")]]) { (client, server) async throws in
            #expect(try await send(client, "/1") == "ok")
            let error = await #expect(throws: HTTPError.self) { try await send(client, "/2") }
            #expect(error?.description == "read from 127.0.0.1:\(server.port): closed without a response")
        }
    }

    @Test func idleConnectionsDoNotKeepTheLoopsFromEnding() async throws {
        let loops = EventLoopGroup(count: 1)
        let server = try RawServer(loops: loops)
        let playing = Task(executorPreference: loops.loops[0]) { try await server.play([[.answer(Self.ok)]]) }
        let endpoint = HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: server.port)
        let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops)
        #expect(try await send(client, "/1") == "ok")
        try await playing.value
        // The client lives on, and so would the timer of its pool.
        await Task.detached { loops.shutdown() }.value
        await #expect(throws: HTTPError.self) { try await send(client, "/2") }
    }

    @Test func aNameIsTriedAtEachOfItsAddresses() async throws {
        try await RawServer.playing([[.answer(Self.ok)]], host: "localhost") { (client, server) async throws in
            // The server listens on 127.0.0.1 alone, whatever comes first.
            #expect(try await send(client, "/1") == "ok")
            #expect(server.requests == ["1: GET /1 HTTP/1.1"])
        }
    }

    @Test func aStreamedBodyGivesItsConnectionBackAtItsEnd() async throws {
        let gate = Gate()
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"
        try await RawServer.playing(
            [[.answer(head), .wait(gate), .send("1\r\nc\r\n0\r\n\r\n"), .answer(Self.ok)]]
        ) { (client, server) async throws in
            let response = try await client.send(ClientRequest(method: .get, path: "/1"))
            var pieces = response.body.makeAsyncIterator()
            #expect(text(try await pieces.next() ?? []) == "ab")
            gate.open()
            #expect(text(try await pieces.next() ?? []) == "c")
            #expect(try await pieces.next() == nil)
            #expect(try await pieces.next() == nil)
            #expect(try await send(client, "/2") == "ok")
            #expect(server.requests.count == 2)
        }
    }

    @Test func aBodyThatIsDroppedClosesItsConnection() async throws {
        let atEnd = Gate()
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"
        try await RawServer.playing([[.answer(head), .untilClosed(atEnd)], [.answer(Self.ok)]]) {
            (client, _) async throws in
            _ = try await client.send(ClientRequest(method: .get, path: "/1"))
            // The script goes on to the second connection only when the first is closed.
            #expect(try await send(client, "/2") == "ok")
        }
    }
}
