import HTTP
import HTTPTypes
import Platform
import Sockets
import TLS
import Testing

/// Answers over TLS to clients that are slow, go away or are cut off.
@Suite(.timeLimit(.minutes(1))) struct ServerTLSDeliveryTests {
    /// More than the sockets' buffers of both sides hold.
    private static let large = [UInt8](unsafeUninitializedCapacity: 8 << 20) { buffer, count in
        for index in 0..<(8 << 20) { buffer[index] = UInt8(truncatingIfNeeded: index &* 31 >> 3) }
        count = 8 << 20
    }
    private static let get = ClientRequest(method: .get, path: "/")

    /// A large body for `/large`, the request's own body for anything else.
    @Sendable private static func answer(_ request: ServerRequest) async -> ServerResponse {
        ServerResponse(status: .ok, body: .bytes(request.path == "/large" ? large : request.body))
    }

    private static func request(_ path: String, _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n"
    }

    private func withSecureServer(
        handler: @escaping @Sendable (ServerRequest) async -> ServerResponse = answer,
        _ body: (HTTPServer, TLSContext, EventLoopGroup) async throws -> Void
    ) async throws {
        let certificates = try Certificates()
        let client = try certificates.clientContext()
        try await withServer(tls: certificates.serverContext(), handler: handler) { server, loops in
            try await body(server, client, loops)
        }
    }

    @Test func aLargeAnswerReachesASlowReaderWholeAndOthersDoNotWait() async throws {
        try await withSecureServer { server, context, loops in
            let slow = try await SecureConnection.open(server, context, loops)
            try await slow.send(Self.request("/large", "Connection: close\r\n"))
            let first = try await slow.read()
            for _ in 1...5 {
                let other = HTTPClient(server, tls: context, loops: loops)
                #expect(try await other.send(Self.get).head.status == .ok)
            }
            let all = try await (first ?? []) + slow.readToEnd()
            let end = try #require(text(Array(all.prefix(1_000))).firstRange(of: "\r\n\r\n"))
            let head = text(Array(all.prefix(1_000)))[..<end.upperBound].utf8.count
            #expect(Array(all.dropFirst(head)) == Self.large)
        }
    }

    @Test func resetsInTheMiddleOfAnswersHarmNobodyElse() async throws {
        try await withSecureServer { server, context, loops in
            for _ in 1...20 {
                let connection = try await SecureConnection.open(server, context, loops)
                try await connection.send(Self.request("/large"))
                #expect(try await connection.read() != nil)
            }
            let other = HTTPClient(server, tls: context, loops: loops)
            #expect(try await other.send(Self.get).head.status == .ok)
        }
    }

    @Test func theServerClosesTheSessionBeforeTheConnection() async throws {
        try await withSecureServer { server, context, loops in
            let connection = try await SecureConnection.open(server, context, loops)
            try await connection.send(Self.request("/", "Connection: close\r\n"))
            // A cut would be an error.
            #expect(text(try await connection.readToEnd()).hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test(arguments: [true, false])
    func aRequestThatIsCutShortIsNone(properly: Bool) async throws {
        let asked = Locked(0)
        try await withSecureServer(
            handler: { request in
                asked.withLock { $0 += 1 }
                return await Self.answer(request)
            },
            { server, context, loops in
                let connection = try await SecureConnection.open(server, context, loops)
                try await connection.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf")
                connection.finish(properly: properly)
                do { #expect(try await connection.readToEnd().isEmpty) } catch is TLSError {
                    // Who cuts the line is told so by an alert, not by close_notify.
                    #expect(!properly)
                }
                #expect(asked.withLock { $0 } == 0)
            }
        )
    }

    @Test func aClientMayGoWhileTheTicketIsOnItsWay() async throws {
        try await withSecureServer { server, context, loops in
            for properly in [true, false, true, false] {
                try await SecureConnection.open(server, context, loops).finish(properly: properly)
            }
            let other = HTTPClient(server, tls: context, loops: loops)
            #expect(try await other.send(Self.get).head.status == .ok)
        }
    }
}
