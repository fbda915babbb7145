import HTTP
import HTTPTypes
import TLS
import Testing

/// Time limits, and how many connections there may be.
@Suite(.timeLimit(.minutes(1))) struct ServerLimitTests {
    private static let late =
        "HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 35\r\n"
        + "Connection: close\r\n\r\nthe request did not arrive in time\n"

    /// Sends `text` and reads until the server closes, as it must without anything more.
    private func answer(
        to text: String,
        tls: TLSContext? = nil,
        _ configure: (inout HTTPServer.Configuration) -> Void
    ) async throws -> String {
        try await withServer(tls: tls, configure: configure, handler: echo) { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send(text)
            return undated(try await connection.readToEnd())
        }
    }

    @Test func anUnfinishedHandshakeIsClosed() async throws {
        let tls = try Certificates().serverContext()
        #expect(try await answer(to: "", tls: tls) { $0.handshakeTimeout = .milliseconds(10) } == "")
        #expect(try await answer(to: "\u{16}\u{3}\u{1}", tls: tls) { $0.handshakeTimeout = .milliseconds(10) } == "")
    }

    @Test(arguments: [1, 5, 9])
    func anUnfinishedRecordIsAnUnfinishedHead(count: Int) async throws {
        let certificates = try Certificates()
        try await withServer(
            tls: certificates.serverContext(),
            configure: setting(\.headTimeout, .milliseconds(10)),
            handler: echo
        ) { server, loops in
            let connection = try await SecureConnection.open(server, try certificates.clientContext(), loops)
            // The head of a record of 256 bytes, and the first of those.
            try connection.sendRaw(Array([0x17, 3, 3, 1, 0, 1, 2, 3, 4].prefix(count)))
            #expect(undated(text(try await connection.readToEnd())) == Self.late)
            #expect(server.statistics.refusals["head_timeout"] == 1)
        }
    }

    @Test func anUnfinishedHeadIsAnswered408() async throws {
        let answer = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\n") { $0.headTimeout = .milliseconds(10) }
        #expect(answer == Self.late)
    }

    @Test(
        arguments: [
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\no",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\no",
        ]
    )
    func anUnfinishedBodyIsAnswered408(request: String) async throws {
        let answer = try await answer(to: request) { $0.bodyTimeout = .milliseconds(10) }
        #expect(answer == Self.late)
    }

    @Test func anIdleConnectionIsClosed() async throws {
        #expect(try await answer(to: "") { $0.idleTimeout = .milliseconds(10) } == "")
        #expect(try await answer(to: "\r\n") { $0.idleTimeout = .milliseconds(10) } == "")
        var answered = ""
        // On a busy machine it may be closed before the request comes.
        while answered.isEmpty {
            answered = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n") { $0.idleTimeout = .milliseconds(50) }
        }
        #expect(answered.hasSuffix("\r\n\r\nGET / "))
    }

    @Test func aClientThatDoesNotReadIsGivenUp() async throws {
        let (outcomes, continuation) = AsyncStream<String>.makeStream()
        try await withServer(configure: setting(\.writeTimeout, .milliseconds(20))) { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    do {
                        while true { try await writer.write([UInt8](repeating: 0, count: 1 << 20)) }
                    } catch {
                        continuation.yield("\(error)")
                        throw error
                    }
                }
            )
        } _: { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let outcome = await outcomes.first { _ in true }
            #expect(outcome == "write response body: the client has gone or does not read")
            // It stayed open until here.
            withExtendedLifetime(connection) {}
        }
    }

    @Test func roomIsMadeWhenAConnectionEnds() async throws {
        try await withServer(configure: setting(\.maxConnections, 1), handler: echo) { server, loops in
            for number in 0..<50 {
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send("GET /\(number) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                // The server counts a connection out a moment after the client has seen its end.
                let answer = try await connection.readToEnd()
                #expect(answer.isEmpty || answer.hasSuffix("GET /\(number) ") || answer.hasPrefix("HTTP/1.1 503 "))
            }
            while true {
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                if try await connection.readToEnd().hasSuffix("GET / ") { break }
            }
        }
    }

    @Test(arguments: [false, true])
    func servesHundredsOfConnectionsAtOnce(isSecure: Bool) async throws {
        let certificates = try Certificates()
        let count = isSecure ? 100 : 400
        let tls = isSecure ? try certificates.serverContext() : nil
        try await withServer(tls: tls, handler: echo) { server, loops in
            let client = try HTTPClient(server, tls: isSecure ? certificates.clientContext() : nil, loops: loops)
            let gate = Gate(count: count)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<count {
                    group.addTask {
                        let response = try await client.send(ClientRequest(method: .get, path: "/\(number)"))
                        // Nobody gives a connection back before all have one.
                        await gate.pass()
                        #expect(text(try await response.body.collect(upTo: 100)) == "GET /\(number) ")
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
