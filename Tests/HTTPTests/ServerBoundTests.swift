import HTTP
import HTTPTypes
import Sockets
import TLS
import Testing

/// How much there may be at once, and who has to go.
@Suite(.timeLimit(.minutes(1))) struct ServerBoundTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    private func openServed(_ server: HTTPServer, _ loops: EventLoopGroup) async throws -> RawConnection {
        let connection = try await RawConnection.open(server.port, loops)
        try await connection.send(Self.request)
        _ = try await connection.read(through: "GET / ")
        return connection
    }

    @Test func aConnectionTooManyIsTold503WhereAllAreBusy() async throws {
        let arrived = Gate(count: 2)
        let mayFinish = Gate()
        try await withServer(configure: setting(\.maxConnections, 2)) { request in
            arrived.open()
            await mayFinish.wait()
            return await echo(request)
        } _: { server, loops in
            var welcome: [RawConnection] = []
            for _ in 0..<2 {
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send(Self.request)
                welcome.append(connection)
            }
            await arrived.wait()
            let third = try await RawConnection.open(server.port, loops)
            let fourth = try await RawConnection.open(server.port, loops)
            #expect(try await fourth.readToEnd() == "")
            try await third.send(Self.request)
            #expect(
                undated(try await third.readToEnd())
                    == "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "Retry-After: 1\r\nContent-Length: 21\r\nConnection: close\r\n\r\ntoo many connections\n"
            )
            mayFinish.open()
            for connection in welcome { _ = try await connection.read(through: "GET / ") }
            #expect(server.statistics.refusals["connections"] == 1)
            #expect(server.statistics.refusals["connections_closed"] == 1)
        }
    }

    @Test func aNewcomerTakesThePlaceOfWhoHasWaitedLongest() async throws {
        try await withServer(configure: setting(\.maxConnections, 2), handler: echo) { server, loops in
            let first = try await openServed(server, loops)
            let second = try await openServed(server, loops)
            let third = try await openServed(server, loops)
            #expect(try await first.readToEnd() == "")
            try await second.send(Self.request)
            _ = try await second.read(through: "GET / ")
            #expect(server.statistics.refusals["displaced"] == 1)
            withExtendedLifetime(third) {}
        }
    }

    @Test func whoHasNeverAskedGoesBeforeWhoHasBeenServed() async throws {
        try await withServer(configure: setting(\.maxConnections, 4), handler: echo) { server, loops in
            // Each loop gets one that has been served, and then one that says nothing.
            let served = [try await openServed(server, loops), try await openServed(server, loops)]
            let silent = try await RawConnection.open(server.port, loops)
            let other = try await RawConnection.open(server.port, loops)
            let newcomer = try await openServed(server, loops)
            #expect(try await silent.readToEnd() == "")
            for connection in served + [newcomer, other] {
                try await connection.send(Self.request)
                _ = try await connection.read(through: "GET / ")
            }
        }
    }

    /// Parts of a request that come after a whole one, and what the server says when it has read them.
    private static let unfinished = [
        ("POST / HTTP/1.1\r\nHo", "GET / "),
        ("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", "100 Continue\r\n\r\n"),
    ]

    @Test(arguments: unfinished)
    func whoIsSlowWithinALaterRequestGoesBeforeTheIdle(part: String, sign: String) async throws {
        try await withServer(loops: 1, configure: setting(\.maxConnections, 2), handler: echo) { server, loops in
            let idle = try await openServed(server, loops)
            let slow = try await RawConnection.open(server.port, loops)
            // In one go: the answer to the first says that the start of the second has been read with it.
            try await slow.send(Self.request + part)
            _ = try await slow.read(through: sign)
            let newcomer = try await openServed(server, loops)
            #expect(try await slow.readToEnd() == "")
            for connection in [idle, newcomer] {
                try await connection.send(Self.request)
                _ = try await connection.read(through: "GET / ")
            }
            #expect(server.statistics.refusals["displaced"] == 1)
        }
    }

    @Test func aRequestTooManyIsTold503AndMayComeAgain() async throws {
        let arrived = Gate()
        let mayFinish = Gate()
        try await withServer(configure: setting(\.maxRequests, 1)) { request in
            if request.path == "/slow" {
                arrived.open()
                await mayFinish.wait()
            }
            return await echo(request)
        } _: { server, loops in
            let slow = try await RawConnection.open(server.port, loops)
            try await slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            await arrived.wait()
            #expect(server.statistics.requestsInFlight == 1)
            let other = try await RawConnection.open(server.port, loops)
            try await other.send(Self.request)
            #expect(
                undated(try await other.read(through: "at once\n"))
                    == "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "Retry-After: 1\r\nContent-Length: 26\r\n\r\ntoo many requests at once\n"
            )
            mayFinish.open()
            _ = try await slow.read(through: "GET /slow ")
            try await other.send(Self.request)
            _ = try await other.read(through: "GET / ")
            #expect(server.statistics.refusals["requests"] == 1)
            #expect(server.statistics.answers == [200: 2, 503: 1])
            #expect(server.statistics.requestsInFlight == 0)
        }
    }

    private static func oneHandshake(_ configuration: inout HTTPServer.Configuration) {
        configuration.maxHandshakes = 1
        // Nobody has to go for being slow.
        configuration.handshakeTimeout = .seconds(50)
    }

    @Test func anUnfinishedHandshakeMakesRoomForTheNext() async throws {
        let certificates = try Certificates()
        try await withServer(
            tls: try certificates.serverContext(),
            configure: Self.oneHandshake,
            handler: echo
        ) { server, loops in
            let message = try await ServerFirstMessage.bytes(try certificates.clientContext(), loops)
            var stalled: [RawConnection] = []
            for _ in 0..<6 {
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send(message)
                stalled.append(connection)
            }
            let client = HTTPClient(server, tls: try certificates.clientContext(), loops: loops)
            let response = try await client.send(ClientRequest(method: .get, path: "/"))
            #expect(response.head.status == .ok)
            #expect(server.statistics.handshakes == 1)
            #expect((1...6).contains(server.statistics.refusals["displaced"] ?? 0))
            withExtendedLifetime(stalled) {}
        }
    }

    @Test func aFirstMessageMayComeInPieces() async throws {
        let certificates = try Certificates()
        try await withServer(tls: try certificates.serverContext(), handler: echo) { server, loops in
            let message = try await ServerFirstMessage.bytes(try certificates.clientContext(), loops)
            for cut in [1, 4, 5, 6, message.count - 1] {
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send(Array(message[..<cut]))
                // Another connection's answer says that the server has had time to look at this one.
                let other = try await RawConnection.open(server.port, loops)
                try await other.send(message)
                _ = try await other.read(through: "\u{16}\u{3}\u{3}")
                try await connection.send(Array(message[cut...]))
                _ = try await connection.read(through: "\u{16}\u{3}\u{3}")
            }
        }
    }
}
