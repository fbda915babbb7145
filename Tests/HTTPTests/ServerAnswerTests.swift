import HTTP
import HTTPTypes
import TestSupport
import Testing

/// What a server sends, byte for byte.
@Suite(.timeLimit(.minutes(1))) struct ServerAnswerTests {
    /// Sends `request` in one go and reads until the server closes.
    private func answer(
        to request: String,
        isFinished: Bool = true,
        limits: MessageLimits = MessageLimits(),
        handler: @escaping @Sendable (ServerRequest) async -> ServerResponse = echo
    ) async throws -> String {
        try await withServer(configure: setting(\.limits, limits), handler: handler) { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send(request)
            if isFinished { connection.finishWriting() }
            return undated(try await connection.readToEnd())
        }
    }

    private static let close = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    private static let last =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nConnection: close\r\n\r\nGET /last "

    @Test func closesWhenAskedTo() async throws {
        #expect(try await answer(to: Self.close, isFinished: false) == Self.last)
    }

    @Test func keepsTheConnectionUntilThen() async throws {
        let first = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nPOST /1x"
        #expect(
            try await answer(
                to: "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx" + Self.close,
                isFinished: false
            ) == first.replacing("Length: 7", with: "Length: 9").replacing("/1x", with: "/1 x") + Self.last
        )
    }

    @Test func answersPipelinedRequestsInOrder() async throws {
        let count = 200
        let requests = (0..<count).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
        let answers = (0..<count).map { number in
            let body = "GET /\(number) "
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            return head + body
        }
        #expect(try await answer(to: requests + Self.close, isFinished: false) == answers.joined() + Self.last)
    }

    @Test func headHasTheLengthAndNoBody() async throws {
        #expect(
            try await answer(to: "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + Self.close)
                == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\n" + Self.last
        )
    }

    @Test func version10ClosesUnlessItAsksNotTo() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n"
        #expect(
            try await answer(to: "GET / HTTP/1.0\r\n\r\n", isFinished: false)
                == head + "Connection: close\r\n\r\nGET / "
        )
        #expect(
            try await answer(to: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + Self.close)
                == head + "Connection: keep-alive\r\n\r\nGET / " + Self.last
        )
    }

    @Test func asksForABodyThatIsHeldBack() async throws {
        try await withServer(handler: echo) { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
            )
            #expect(try await connection.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.send("ok")
            #expect(
                undated(try await connection.readToEnd())
                    == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nConnection: close\r\n\r\n"
                    + "POST / ok"
            )
        }
    }

    @Test func aBodyThatIsTooLargeIsNotAskedFor() async throws {
        #expect(
            try await answer(
                to: "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 17\r\n\r\n",
                limits: .small
            ) == Self.refusal("413 Content Too Large", "body larger than 16 bytes")
        )
    }

    @Test(arguments: [204, 304])
    func statusesWithoutBodyHaveNone(code: Int) async throws {
        let text = try await answer(to: Self.close) { _ in
            ServerResponse(status: .init(code: code), body: .bytes(Array("ignored".utf8)))
        }
        let status = code == 204 ? "204 No Content" : "304 Not Modified"
        #expect(text == "HTTP/1.1 \(status)\r\nConnection: close\r\n\r\n")
    }

    @Test func fieldsOfTheConnectionAreTheServers() async throws {
        let text = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", isFinished: false) { _ in
            ServerResponse(
                status: .ok,
                headerFields: [
                    .contentLength: "99", .transferEncoding: "chunked", .connection: "close", .server: "x\r\nY: z",
                ],
                body: .bytes([0x21])
            )
        }
        #expect(text == "HTTP/1.1 200 OK\r\nServer: x  Y: z\r\nContent-Length: 1\r\nConnection: close\r\n\r\n!")
    }

    /// A refused request, its status line and its reason.
    static let refusals: [(request: String, status: String, reason: String)] = [
        ("GET / HTTP/1.1\r\n\r\n", "400 Bad Request", "no host"),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\n", "400 Bad Request", "a line feed alone"),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
            "400 Bad Request", "content-length with transfer-encoding"
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 17\r\n\r\n", "413 Content Too Large",
            "body larger than 16 bytes"
        ),
        (
            "GET /\(String(repeating: "a", count: 32)) HTTP/1.1\r\n\r\n", "414 URI Too Long",
            "request target longer than 32 bytes"
        ),
        (
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n", "417 Expectation Failed",
            "an expectation besides 100-continue"
        ),
        (String(repeating: "a", count: 129), "431 Request Header Fields Too Large", "head larger than 128 bytes"),
        ("CONNECT a:1 HTTP/1.1\r\n\r\n", "501 Not Implemented", "CONNECT, but this is no proxy"),
        ("GET / HTTP/2.0\r\n\r\n", "505 HTTP Version Not Supported", "a version other than HTTP/1.1 and HTTP/1.0"),
    ]

    @Test(arguments: refusals.indices)
    func answersWhatItRefusesOnceAndCloses(index: Int) async throws {
        let (request, status, reason) = Self.refusals[index]
        #expect(try await answer(to: request, limits: .small) == Self.refusal(status, reason))
    }

    @Test func aRefusalBehindAHeadRequestHasItsBody() async throws {
        #expect(
            try await answer(to: "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n")
                == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\n"
                + Self.refusal("400 Bad Request", "no host")
        )
    }

    @Test func aRefusedClientThatGoesOnSendingGetsItsAnswer() async throws {
        try await withServer(configure: setting(\.lingerTimeout, .seconds(20)), handler: echo) { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send("nonsense\n")
            for _ in 0..<64 { try await connection.send([UInt8](repeating: 0x61, count: 16 << 10)) }
            connection.finishWriting()
            #expect(undated(try await connection.readToEnd()) == Self.refusal("400 Bad Request", "a line feed alone"))
        }
    }

    /// Mutated requests over a socket: each connection ends, with answers or without, and the server goes on.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func survivesMutations(seed: UInt64) async throws {
        try await withServer(configure: setting(\.limits, .small), handler: echo) { server, loops in
            var random = SeededValues(seed: seed)
            for vector in RequestVector.all {
                let mutated = vector.mutated(using: &random)
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send(mutated.bytes)
                connection.finishWriting()
                let answer = try await connection.readToEnd()
                #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 "), "\(mutated.testDescription): \(answer)")
            }
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send(Self.close)
            #expect(undated(try await connection.readToEnd()) == Self.last)
        }
    }

    private static func refusal(_ status: String, _ reason: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: \(reason.utf8.count + 1)\r\n"
            + "Connection: close\r\n\r\n\(reason)\n"
    }
}
