import HTTP
import HTTPTypes
import Testing

/// What a client sends, byte for byte.
@Suite(.timeLimit(.minutes(1))) struct ClientRequestTests {
    /// The head that `request` makes.
    private func head(_ request: ClientRequest) async throws -> String {
        try await withServer(handler: echo) { server, loops in
            let raw = try RawServer(loops: loops)
            let endpoint = HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: raw.port)
            let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops)
            let exchange = Task { try await client.send(request) }
            defer { exchange.cancel() }
            return try await raw.firstHead().replacing(":\(raw.port)", with: ":PORT")
        }
    }

    @Test func addsWhatEveryRequestNeeds() async throws {
        #expect(
            try await head(ClientRequest(method: .get, path: "/a?b=c"))
                == "GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nUser-Agent: canarygate\r\n\r\n"
        )
    }

    @Test func keepsWhatTheRequestHas() async throws {
        let fields: HTTPFields = [
            .userAgent: "me", .contentLength: "99", .transferEncoding: "chunked", .connection: "close", .accept: "a\nb",
        ]
        #expect(
            try await head(ClientRequest(method: .delete, path: "/", headerFields: fields))
                == "DELETE / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nUser-Agent: me\r\nAccept: a b\r\n\r\n"
        )
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch])
    func saysThatABodyIsEmpty(method: HTTPRequest.Method) async throws {
        #expect(try await head(ClientRequest(method: method, path: "/")).contains("\r\nContent-Length: 0\r\n"))
    }

    @Test func saysHowLongABodyIs() async throws {
        let head = try await head(ClientRequest(method: .delete, path: "/", body: [1, 2, 3]))
        #expect(head.contains("\r\nContent-Length: 3\r\n"))
    }

    @Test func anEarlyRefusalOfALargeBodyIsRead() async throws {
        try await withServer(handler: mirror) { server, loops in
            let client = HTTPClient(server, tls: nil, loops: loops)
            let body = [UInt8](repeating: 1, count: 32 << 20)
            let response = try await client.send(ClientRequest(method: .post, path: "/", body: body))
            #expect(response.head.status.code == 413)
            #expect(text(try await response.body.collect(upTo: 100)) == "body larger than 8388608 bytes\n")
        }
    }
}
