import HTTP
import HTTPTypes
import Testing

/// Responses that are written piece by piece.
@Suite(.timeLimit(.minutes(1))) struct ServerStreamTests {
    private static func pieces(_ texts: String...) -> ServerResponse {
        ServerResponse(
            status: .ok,
            body: .stream { writer in
                for text in texts { try await writer.write(Array(text.utf8)) }
            }
        )
    }

    private func answer(
        to request: String,
        handler: @escaping @Sendable (ServerRequest) async -> ServerResponse
    ) async throws -> String {
        try await withServer(handler: handler) { server, loops in
            let connection = try await RawConnection.open(server.port, loops)
            try await connection.send(request)
            return undated(try await connection.readToEnd())
        }
    }

    @Test func aPieceIsAChunk() async throws {
        let text = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") { _ in
            Self.pieces("hello", "", String(repeating: "x", count: 16))
        }
        #expect(
            text == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "5\r\nhello\r\n10\r\nxxxxxxxxxxxxxxxx\r\n0\r\n\r\n"
        )
    }

    @Test func theConnectionIsKept() async throws {
        let text = try await answer(
            to: "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: a\r\n\r\n"
                + "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        ) { request in Self.pieces(request.head.path ?? "") }
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
        #expect(
            text == head + "\r\n2\r\n/1\r\n0\r\n\r\n" + head + "\r\n" + head
                + "Connection: close\r\n\r\n2\r\n/3\r\n0\r\n\r\n"
        )
    }

    @Test func version10ReadsToTheEndOfTheConnection() async throws {
        let text = try await answer(to: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") { _ in
            Self.pieces("hel", "lo")
        }
        #expect(text == "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello")
    }

    @Test func aStatusWithoutBodyHasNone() async throws {
        let text = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") { _ in
            ServerResponse(status: .noContent, body: .stream { writer in try await writer.write([0x78]) })
        }
        #expect(text == "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
    }

    @Test func aBodyThatFailsHasNoEnd() async throws {
        let text = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n") { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await writer.write([0x78])
                    throw Unexpected("no more")
                }
            )
        }
        #expect(text == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")
    }

    @Test func piecesArriveAsTheyAreWritten() async throws {
        let gate = Gate()
        try await withServer { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await writer.write(Array("first".utf8))
                    await gate.wait()
                    try await writer.write(Array("second".utf8))
                }
            )
        } _: { server, loops in
            let client = HTTPClient(server, tls: nil, loops: loops)
            let response = try await client.send(ClientRequest(method: .get, path: "/"))
            var pieces = response.body.makeAsyncIterator()
            #expect(text(try await pieces.next() ?? []) == "first")
            gate.open()
            #expect(text(try await pieces.next() ?? []) == "second")
            #expect(try await pieces.next() == nil)
        }
    }

    @Test(arguments: [false, true])
    func aClientThatGoesCancelsTheProducer(isSecure: Bool) async throws {
        let certificates = try Certificates()
        let ended = Gate()
        try await withServer(tls: isSecure ? certificates.serverContext() : nil) { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await writer.write(Array("first".utf8))
                    // It waits for something that is not the client.
                    await untilCancelled()
                    ended.open()
                }
            )
        } _: { server, loops in
            let client = try HTTPClient(server, tls: isSecure ? certificates.clientContext() : nil, loops: loops)
            var response: ClientResponse? = try await client.send(ClientRequest(method: .get, path: "/"))
            var pieces = response?.body.makeAsyncIterator()
            #expect(text(try await pieces?.next() ?? []) == "first")
            pieces = nil
            response = nil
            await ended.wait()
        }
    }

    @Test func writersOnSeveralTasksKeepTheirChunksWhole() async throws {
        let text = try await answer(to: "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") { _ in
            ServerResponse(
                status: .ok,
                body: .stream { writer in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<20 { group.addTask { try await writer.write(Array("hello".utf8)) } }
                        try await group.waitForAll()
                    }
                }
            )
        }
        #expect(text.hasSuffix("\r\n\r\n" + String(repeating: "5\r\nhello\r\n", count: 20) + "0\r\n\r\n"))
    }
}
