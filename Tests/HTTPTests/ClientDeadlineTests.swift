import HTTP
import HTTPTypes
import Sockets
import Testing

/// Each limit of time, and what is said when it passes.
@Suite(.timeLimit(.minutes(1))) struct ClientDeadlineTests {
    private static let short = Duration.milliseconds(250)
    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"

    /// The error of a collected answer of a server that plays `part`, with `PORT` for its port.
    private func failure(_ part: [RawServer.Step], _ request: ClientRequest) async throws -> String {
        try await RawServer.playing([part]) { (client, server) async throws in
            let error = await #expect(throws: HTTPError.self) {
                _ = try await client.send(request).body.collect(upTo: 1_000)
            }
            #expect(error?.code == .timeout)
            return error?.description.replacing(":\(server.port)", with: ":PORT") ?? ""
        }
    }

    @Test(
        arguments: [
            ("", "no response"), ("HTTP/1.1 200 OK\r\n", "no response"),
            ("HTTP/1.1 100 Continue\r\n\r\n", "no response"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "the body is not whole"),
            (chunked, "the body is not whole"),
        ]
    )
    func theCallsLimitCountsToTheEndOfTheBody(answer: String, found: String) async throws {
        let request = ClientRequest(method: .get, path: "/", timeout: Self.short)
        #expect(
            try await failure([.answer(answer), .untilClosed(Gate())], request)
                == "read from 127.0.0.1:PORT: \(found), expected the call to be done within 250ms"
        )
    }

    @Test func theHeadHasALimitOfItsOwn() async throws {
        let request = ClientRequest(method: .get, path: "/", headTimeout: Self.short)
        #expect(
            try await failure([.read, .untilClosed(Gate())], request)
                == "read from 127.0.0.1:PORT: no response, expected a response within 250ms"
        )
    }

    @Test func theBodyHasALimitOfItsOwn() async throws {
        let request = ClientRequest(method: .get, path: "/", bodyTimeout: Self.short)
        #expect(
            try await failure([.answer(Self.chunked), .untilClosed(Gate())], request)
                == "read from 127.0.0.1:PORT: the body is not whole, expected the whole body within 250ms"
        )
    }

    @Test func aStreamsBodyHasThatLimitToo() async throws {
        let request = ClientRequest(method: .get, path: "/", bodyTimeout: Self.short)
        try await RawServer.playing([[.answer(Self.chunked), .untilClosed(Gate())]]) { (client, server) async throws in
            var pieces = try await client.send(request).body.makeAsyncIterator()
            #expect(text(try await pieces.next() ?? []) == "ab")
            let error = await #expect(throws: HTTPError.self) { try await pieces.next() }
            #expect(error?.reason == "the body is not whole, expected the whole body within 250ms")
        }
    }

    @Test func aStreamMayBeSilentForItsIdleTimeAlone() async throws {
        let request = ClientRequest(method: .get, path: "/", idleTimeout: Self.short)
        try await RawServer.playing([[.answer(Self.chunked), .untilClosed(Gate())]]) { (client, server) async throws in
            var pieces = try await client.send(request).body.makeAsyncIterator()
            #expect(text(try await pieces.next() ?? []) == "ab")
            let error = await #expect(throws: HTTPError.self) { try await pieces.next() }
            #expect(
                error?.description
                    == "read from 127.0.0.1:\(server.port): the body is not whole, expected more within 250ms"
            )
            #expect(error?.code == .timeout)
            #expect(try await pieces.next() == nil)
        }
    }

    @Test func aBodyThatNobodyTakesIsALimitOfTheCall() async throws {
        let asked = Gate()
        try await RawServer.playing([[.wait(asked)]]) { (client, server) async throws in
            let body = [UInt8](repeating: 0, count: 64 << 20)
            let request = ClientRequest(method: .post, path: "/", body: body, timeout: Self.short)
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(request) }
            asked.open()
            #expect(
                error?.description == "write to 127.0.0.1:\(server.port): the request is not sent, "
                    + "expected the call to be done within 250ms"
            )
        }
    }

    // MARK: Connecting

    @Test func aServerThatDoesNotAcceptIsALimitOfConnecting() async throws {
        let loops = EventLoopGroup(count: 1)
        let full = try await FullListener(loops)
        var limits = ClientLimits()
        limits.connectTimeout = Self.short
        let endpoint = HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: full.port)
        let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops, limits: limits)
        let error = await #expect(throws: HTTPError.self) {
            _ = try await client.send(ClientRequest(method: .get, path: "/"))
        }
        #expect(
            error?.description
                == "connect to 127.0.0.1:\(full.port): no answer, expected a connection within 250ms"
        )
        #expect(error?.code == .timeout)
        let hasty = ClientRequest(method: .get, path: "/", timeout: .milliseconds(100))
        let early = await #expect(throws: HTTPError.self) { _ = try await client.send(hasty) }
        #expect(early?.reason == "no answer, expected the call to be done within 100ms")
        #expect(client.usage == ClientUsage(connections: 0, idle: 0, waiting: 0))
        await Task.detached { loops.shutdown() }.value
    }

    @Test func theNextAddressIsTriedBesideOneThatDoesNotAnswer() async throws {
        try await withServer(handler: mirror) { server, loops in
            let full = try await FullListener(loops)
            let found = try await dial([full.port, server.port], loops, within: .seconds(20))
            #expect(try found.get().descriptor > 0)
            _ = try Socket(adopting: found.get())
        }
    }

    @Test func theNextAddressIsTriedAfterOneThatRefuses() async throws {
        try await withServer(handler: mirror) { server, loops in
            let gone = try RawServer(loops: loops).port
            let found = try await dial([gone, gone, server.port], loops, within: .seconds(20))
            _ = try Socket(adopting: found.get())
        }
    }

    @Test func allAddressesAreNamedWhenNoneAnswers() async throws {
        let loops = EventLoopGroup(count: 1)
        let gone = try RawServer(loops: loops).port
        let full = try await FullListener(loops)
        let refused = try await dial([gone, gone], loops, within: .seconds(20))
        #expect(
            Self.description(refused) == "connect to test: 127.0.0.1:\(gone): connection refused; "
                + "127.0.0.1:\(gone): connection refused"
        )
        let silent = try await dial([gone, full.port], loops, within: Self.short)
        #expect(
            Self.description(silent) == "connect to test: 127.0.0.1:\(gone): connection refused; "
                + "127.0.0.1:\(full.port): no answer, expected a connection within 250ms"
        )
        await Task.detached { loops.shutdown() }.value
    }

    private static func description(_ found: Result<SocketHandle, HTTPError>) -> String {
        switch found {
        case .success: "connected"
        case .failure(let error): error.description
        }
    }

    /// Connects to these ports of this machine, as if they were the addresses of one name.
    private func dial(
        _ ports: [Int],
        _ loops: EventLoopGroup,
        within limit: Duration
    ) async throws -> Result<SocketHandle, HTTPError> {
        let addresses = ports.compactMap { SocketAddress(numericHost: "127.0.0.1", port: UInt16($0)) }
        let loop = loops.next
        return await withTaskExecutorPreference(loop) {
            await ClientDialer.connect(to: addresses, peer: "test", on: loop, until: ClientDeadline(.connect, limit))
        }
    }
}
