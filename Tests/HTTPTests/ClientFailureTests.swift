import HTTP
import HTTPTypes
import Sockets
import Testing

/// What a client says of an exchange that came to nothing.
@Suite(.timeLimit(.minutes(1))) struct ClientFailureTests {
    private static let get = ClientRequest(method: .get, path: "/")

    /// The error of a request to a server that plays `part`, with `PORT` for its port.
    private func failure(
        _ part: [RawServer.Step],
        request: ClientRequest = get,
        limit: Int = 1_000
    ) async throws -> String {
        try await RawServer.playing([part]) { (client, server) async throws in
            let error = await #expect(throws: HTTPError.self) {
                _ = try await client.send(request).body.collect(upTo: limit)
            }
            return error?.description.replacing(":\(server.port)", with: ":PORT") ?? ""
        }
    }

    @Test(
        arguments: [
            ("", "closed without a response"), ("HTTP/1.1 200 OK\r\n", "closed without a response"),
            ("HTTP/1.1 100 Continue\r\n\r\n", "closed without a response"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "closed within the body"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "closed within the body"),
            ("HTTP/2 200\r\n\r\n", "no HTTP/1.1 status line"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "a chunk size that is no number"),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n",
                "content-length with transfer-encoding"
            ),
        ]
    )
    func saysWhatWasWrongWithAnAnswer(answer: String, reason: String) async throws {
        #expect(try await failure([.answer(answer)]) == "read from 127.0.0.1:PORT: \(reason)")
    }

    @Test func aBodyLargerThanTheLimitIsCutOff() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
        #expect(try await failure([.answer(answer)], limit: 4) == "read response body: more than 4 bytes")
        let endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
        #expect(
            try await failure([.answer(endless), .untilClosed(Gate())], limit: 4)
                == "read response body: more than 4 bytes"
        )
    }

    @Test func aHeadLargerThanTheLimitIsRefused() async throws {
        let answer = "HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 65_536))\r\n\r\n"
        #expect(try await failure([.answer(answer)]) == "read from 127.0.0.1:PORT: head larger than 65536 bytes")
    }

    @Test func saysThatNobodyListens() async throws {
        let loops = EventLoopGroup(count: 1)
        let port = try RawServer(loops: loops).port
        let client = HTTPClient(
            endpoint: HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: port),
            tls: nil,
            loops: loops
        )
        let error = await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
        #expect(error?.code == .unreachable)
        #expect(error?.description == "connect to 127.0.0.1:\(port): connection refused")
        await Task.detached { loops.shutdown() }.value
    }

    @Test func saysWhatIsWrongWithAnAddress() async throws {
        let loops = EventLoopGroup(count: 1)
        let far = HTTPClient(endpoint: HTTPEndpoint(isSecure: false, host: "a", port: 0), tls: nil, loops: loops)
        let port = await #expect(throws: HTTPError.self) { _ = try await far.send(Self.get) }
        #expect(port?.description == "connect to a:0: port 0, expected 1...65535")
        let endpoint = HTTPEndpoint(isSecure: false, host: "a", port: 80)
        let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops, address: "b")
        let address = await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
        #expect(
            address?.description
                == "connect to a:80: parse address b: no port in 0...65535, expected host:port or [ipv6]:port"
        )
        await Task.detached { loops.shutdown() }.value
    }

    @Test(arguments: ["x", "", "/a b", "/a\r\nX: y", "/\u{e9}", "http://b/"])
    func sendsNothingButAPath(path: String) async throws {
        try await RawServer.playing([]) { (client, _) async throws in
            let request = ClientRequest(method: .get, path: path)
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(request) }
            #expect(error?.code == .malformed || path.isEmpty)
        }
    }

    @Test func sendsNoHostThatIsSeveralLines() async throws {
        try await RawServer.playing([]) { (client, _) async throws in
            var request = Self.get
            request.head.authority = "a\r\nX: y"
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(request) }
            #expect(
                error?.description
                    == "send GET /: a host with a blank, a control character or a letter outside ASCII"
            )
        }
    }

    // MARK: Cancellation

    @Test func cancellationEndsAnExchangeAtOnce() async throws {
        let asked = Gate()
        try await RawServer.playing([[.read, .untilClosed(asked)]]) { (client, _) async throws in
            let exchange = Task { try await client.send(Self.get).head.status.code }
            await asked.wait()
            exchange.cancel()
            await #expect(throws: CancellationError.self) { try await exchange.value }
        }
    }

    @Test func cancellationEndsAStreamAtOnce() async throws {
        let answered = Gate()
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"
        let first = Gate()
        try await RawServer.playing([[.answer(head), .untilClosed(answered)]]) { (client, _) async throws in
            let watch = Task {
                for try await _ in try await client.send(Self.get).body { first.open() }
            }
            await first.wait()
            watch.cancel()
            await #expect(throws: CancellationError.self) { try await watch.value }
        }
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let loops = EventLoopGroup(count: 1)
        let server = try RawServer(loops: loops)
        let endpoint = HTTPEndpoint(isSecure: false, host: "localhost", port: server.port)
        let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops)
        let exchange = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await client.send(Self.get)
        }
        await #expect(throws: CancellationError.self) { try await exchange.value }
        #expect(server.requests.isEmpty)
        await Task.detached { loops.shutdown() }.value
    }

    @Test func aCancelledTaskSendsNothingOnAnIdleConnection() async throws {
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        try await RawServer.playing([[.answer(ok), .answer(ok)]]) { (client, server) async throws in
            _ = try await client.send(Self.get).body.collect(upTo: 10)
            for _ in 1...3 {
                let exchange = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    _ = try await client.send(ClientRequest(method: .post, path: "/cancelled"))
                }
                await #expect(throws: CancellationError.self) { try await exchange.value }
                #expect(client.usage == ClientUsage(connections: 1, idle: 1, waiting: 0))
            }
            _ = try await client.send(Self.get).body.collect(upTo: 10)
            #expect(server.requests == ["1: GET / HTTP/1.1", "1: GET / HTTP/1.1"])
        }
    }

    @Test func afterTheLoopsHaveEndedEveryRequestFails() async throws {
        let loops = EventLoopGroup(count: 1)
        let server = try RawServer(loops: loops)
        await Task.detached { loops.shutdown() }.value
        for host in ["127.0.0.1", "localhost"] {
            let endpoint = HTTPEndpoint(isSecure: false, host: host, port: server.port)
            let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops)
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
            #expect(error?.code == .closed)
        }
    }
}
