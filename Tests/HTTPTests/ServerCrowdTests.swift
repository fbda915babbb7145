import HTTP
import HTTPTypes
import Sockets
import TLS
import Testing

/// Hundreds of clients that are slow in every way, and one that is not.
@Suite(.timeLimit(.minutes(1))) struct ServerCrowdTests {
    private static let crowd = 200

    /// Nobody has to go for being slow.
    private static func patience(_ configuration: inout HTTPServer.Configuration) {
        configuration.headTimeout = .seconds(50)
        configuration.bodyTimeout = .seconds(50)
    }

    private func open(
        _ server: HTTPServer,
        _ loops: EventLoopGroup,
        sending bytes: [UInt8],
        awaiting end: String? = nil
    ) async throws -> [RawConnection] {
        var connections: [RawConnection] = []
        for _ in 0..<Self.crowd {
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send(bytes)
            if let end { _ = try await connection.read(through: end) }
            connections.append(connection)
        }
        return connections
    }

    @Test func slowRequestsKeepNobodyElseWaiting() async throws {
        DescriptorLimit.raise()
        try await withServer(
            configure: Self.patience,
            handler: echo
        ) { server, loops in
            let silent = try await open(server, loops, sending: Array("".utf8))
            let idle = try await open(
                server,
                loops,
                sending: Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8),
                awaiting: "GET / "
            )
            let heads = try await open(server, loops, sending: Array("POST / HTTP/1.1\r\nHo".utf8))
            let bodies = try await open(
                server,
                loops,
                sending: Array("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nb".utf8)
            )
            let client = HTTPClient(server, tls: nil, loops: loops)
            for number in 0..<100 {
                // Each of the crowd does a little more of what it does, and it is not enough.
                if number < 8 { for connection in bodies { try await connection.send("b") } }
                let response = try await client.send(ClientRequest(method: .get, path: "/\(number)"))
                #expect(text(try await response.body.collect(upTo: 100)) == "GET /\(number) ")
            }
            #expect(server.statistics.connections == 4 * Self.crowd + 1)
            // And all of the crowd is served in the end.
            for connection in bodies { _ = try await connection.read(through: "POST / bbbbbbbbb") }
            for connection in silent + idle {
                try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await connection.read(through: "GET / ")
            }
            for connection in heads { try await connection.send("st: a\r\n\r\n") }
            for connection in heads { _ = try await connection.read(through: "POST / ") }
        }
    }

    @Test func answersThatNobodyReadsKeepNobodyElseWaiting() async throws {
        try await withServer { request in
            request.path == "/large"
                ? ServerResponse(status: .ok, body: .bytes([UInt8](repeating: 0x61, count: 8 << 20)))
                : await echo(request)
        } _: { server, loops in
            var crowd: [RawConnection] = []
            for _ in 0..<20 {
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
                crowd.append(connection)
            }
            let client = HTTPClient(server, tls: nil, loops: loops)
            for number in 0..<100 {
                let response = try await client.send(ClientRequest(method: .get, path: "/\(number)"))
                #expect(text(try await response.body.collect(upTo: 100)) == "GET /\(number) ")
            }
            withExtendedLifetime(crowd) {}
        }
    }

    @Test func slowHandshakesKeepNobodyElseWaiting() async throws {
        DescriptorLimit.raise()
        let certificates = try Certificates()
        try await withServer(
            tls: try certificates.serverContext(),
            configure: setting(\.handshakeTimeout, .seconds(50)),
            handler: echo
        ) { server, loops in
            let silent = try await open(server, loops, sending: Array("".utf8))
            let half = try await open(server, loops, sending: Array("\u{16}\u{3}\u{1}\u{2}".utf8))
            let message = try await ServerFirstMessage.bytes(try certificates.clientContext(), loops)
            let stalled = try await open(server, loops, sending: message)
            for number in 0..<20 {
                let client = HTTPClient(server, tls: try certificates.clientContext(), loops: loops)
                let response = try await client.send(ClientRequest(method: .get, path: "/\(number)"))
                #expect(text(try await response.body.collect(upTo: 100)) == "GET /\(number) ")
            }
            #expect(server.statistics.handshakes == 20)
            withExtendedLifetime((silent, half, stalled)) {}
        }
    }
}
