import HTTP
import HTTPTypes
import Platform
import Sockets
import Testing

/// How many connections there are, and who waits for one.
@Suite(.timeLimit(.minutes(1))) struct ClientBoundTests {
    private static func limits(connections: Int, waiting: Int = 10) -> ClientLimits {
        var limits = ClientLimits()
        limits.connections = connections
        limits.waiting = waiting
        return limits
    }

    /// Calls `body` with a client of at most `limits` and a server that answers `/hold` with a body that has no end
    /// before `release` opens, and all else at once; `seen` tells what the server was asked.
    private func withClient(
        _ limits: ClientLimits,
        _ body: @Sendable (HTTPClient, _ release: Gate, _ seen: Locked<[String]>) async throws -> Void
    ) async throws {
        let release = Gate()
        let seen = Locked<[String]>([])
        let handler: @Sendable (ServerRequest) async -> ServerResponse = { request in
            let path = request.head.path ?? ""
            seen.withLock { $0.append(path) }
            guard path == "/hold" else { return ServerResponse(status: .ok, body: .bytes(Array(path.utf8))) }
            return ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await writer.write([1])
                    await release.wait()
                }
            )
        }
        try await withServer(handler: handler) { server, loops in
            let endpoint = HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: server.port)
            defer { release.open() }
            try await body(HTTPClient(endpoint: endpoint, tls: nil, loops: loops, limits: limits), release, seen)
        }
    }

    private static func get(
        _ client: HTTPClient,
        _ path: String,
        timeout: Duration = .seconds(30)
    ) async throws -> String {
        let response = try await client.send(ClientRequest(method: .get, path: path, timeout: timeout))
        return text(try await response.body.collect(upTo: 1_000))
    }

    /// Waits until so many calls wait; the suite's time limit ends it.
    private static func untilWaiting(_ count: Int, _ client: HTTPClient) async {
        while client.usage.waiting != count { await Task.yield() }
    }

    @Test func aCallOverTheBoundWaitsForItsTurn() async throws {
        try await withClient(Self.limits(connections: 1)) { client, release, seen in
            let held = try await client.send(ClientRequest(method: .get, path: "/hold"))
            let second = Task { try await Self.get(client, "/2") }
            await Self.untilWaiting(1, client)
            #expect(seen.withLock { $0 } == ["/hold"])
            release.open()
            _ = try await held.body.collect(upTo: 10)
            #expect(try await second.value == "/2")
            #expect(client.usage == ClientUsage(connections: 1, idle: 1, waiting: 0))
        }
    }

    @Test func turnsComeInTheOrderOfTheCalls() async throws {
        try await withClient(Self.limits(connections: 1)) { client, release, seen in
            let held = try await client.send(ClientRequest(method: .get, path: "/hold"))
            var calls: [Task<String, any Error>] = []
            for number in 1...5 {
                calls.append(Task { try await Self.get(client, "/\(number)") })
                await Self.untilWaiting(number, client)
            }
            release.open()
            _ = try await held.body.collect(upTo: 10)
            for call in calls { _ = try await call.value }
            #expect(seen.withLock { $0 } == ["/hold", "/1", "/2", "/3", "/4", "/5"])
        }
    }

    @Test func aTurnThatDoesNotComeInTimeIsAnError() async throws {
        try await withClient(Self.limits(connections: 2)) { client, _, _ in
            let first = try await client.send(ClientRequest(method: .get, path: "/hold"))
            let second = try await client.send(ClientRequest(method: .get, path: "/hold"))
            let error = await #expect(throws: HTTPError.self) {
                _ = try await Self.get(client, "/3", timeout: .milliseconds(250))
            }
            #expect(error?.code == .timeout)
            #expect(error?.reason == "all 2 connections are in use, expected the call to be done within 250ms")
            #expect(client.usage == ClientUsage(connections: 2, idle: 0, waiting: 0))
            withExtendedLifetime((first, second)) {}
        }
    }

    @Test func aCallThatIsCancelledLeavesTheQueue() async throws {
        try await withClient(Self.limits(connections: 1)) { client, release, _ in
            let held = try await client.send(ClientRequest(method: .get, path: "/hold"))
            let second = Task { try await Self.get(client, "/2") }
            await Self.untilWaiting(1, client)
            let third = Task { try await Self.get(client, "/3") }
            await Self.untilWaiting(2, client)
            second.cancel()
            await #expect(throws: CancellationError.self) { try await second.value }
            release.open()
            _ = try await held.body.collect(upTo: 10)
            #expect(try await third.value == "/3")
        }
    }

    @Test func moreCallsThanMayWaitFailAtOnce() async throws {
        try await withClient(Self.limits(connections: 1, waiting: 1)) { client, release, _ in
            let held = try await client.send(ClientRequest(method: .get, path: "/hold"))
            let second = Task { try await Self.get(client, "/2") }
            await Self.untilWaiting(1, client)
            let error = await #expect(throws: HTTPError.self) { _ = try await Self.get(client, "/3") }
            #expect(error?.reason == "1 calls wait for one of 1 connections, expected fewer")
            release.open()
            _ = try await held.body.collect(upTo: 10)
            #expect(try await second.value == "/2")
        }
    }

    @Test func aBodyThatIsDroppedFreesItsPlace() async throws {
        try await withClient(Self.limits(connections: 1)) { client, _, _ in
            for number in 1...20 {
                _ = try await client.send(ClientRequest(method: .get, path: "/hold"))
                #expect(try await Self.get(client, "/\(number)") == "/\(number)")
            }
            #expect(client.usage == ClientUsage(connections: 1, idle: 1, waiting: 0))
        }
    }

    @Test func aConnectionThatFailsFreesItsPlace() async throws {
        let loops = EventLoopGroup(count: 1)
        let port = try RawServer(loops: loops).port
        let endpoint = HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: port)
        let limits = Self.limits(connections: 1)
        let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops, limits: limits)
        for _ in 1...3 {
            let error = await #expect(throws: HTTPError.self) { _ = try await Self.get(client, "/") }
            #expect(error?.reason == "connection refused")
        }
        #expect(client.usage.connections == 0)
        await Task.detached { loops.shutdown() }.value
    }

    @Test func aSwallowedRequestIsSentAgainInTheSamePlace() async throws {
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        try await RawServer.playing([[.answer(ok), .read], [.answer(ok)]], limits: Self.limits(connections: 1)) {
            (client, server) async throws in
            #expect(try await Self.get(client, "/1") == "ok")
            #expect(try await Self.get(client, "/2") == "ok")
            #expect(server.requests.count == 3)
        }
    }

    @Test func manyCallsShareFewConnections() async throws {
        try await withClient(Self.limits(connections: 3, waiting: 200)) { client, _, seen in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...200 {
                    group.addTask {
                        let answer = try await Self.get(client, "/\(number)")
                        #expect(answer == "/\(number)")
                    }
                }
                try await group.waitForAll()
            }
            #expect(client.usage.connections <= 3)
            #expect(client.usage.waiting == 0)
            #expect(seen.withLock { $0.count } == 200)
        }
    }

    @Test func callsThatAreCancelledLeaveNoPlaceTaken() async throws {
        try await withClient(Self.limits(connections: 3, waiting: 200)) { client, _, _ in
            let calls = (1...200).map { number in Task { try await Self.get(client, "/\(number)") } }
            for (index, call) in calls.enumerated() where !index.isMultiple(of: 3) { call.cancel() }
            for (index, call) in calls.enumerated() {
                let result = await call.result
                guard index.isMultiple(of: 3) else { continue }
                let answer = try result.get()
                #expect(answer == "/\(index + 1)")
            }
            // Connections that were cut go when the last who held them has; the suite's time limit ends it.
            while client.usage.connections != client.usage.idle { await Task.yield() }
            #expect(client.usage.waiting == 0)
            #expect(try await Self.get(client, "/end") == "/end")
        }
    }

    @Test func callsThatWaitEndWithTheLoops() async throws {
        let loops = EventLoopGroup(count: 1)
        let full = try await FullListener(loops)
        let endpoint = HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: full.port)
        let limits = Self.limits(connections: 1)
        let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops, limits: limits)
        let calls = (1...3).map { _ in Task { try await Self.get(client, "/") } }
        await Self.untilWaiting(2, client)
        await Task.detached { loops.shutdown() }.value
        for call in calls { await #expect(throws: HTTPError.self) { try await call.value } }
    }
}
