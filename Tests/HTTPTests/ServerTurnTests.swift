import HTTP
import HTTPTypes
import Platform
import Sockets
import TLS
import Testing

/// A client that leaves its loop no time to wait, and one beside it.
@Suite(.timeLimit(.minutes(1))) struct ServerTurnTests {
    /// A connection, with TLS or without.
    private struct Client: Sendable {
        let sendNow: @Sendable (String) throws -> Void
        let readToEnd: @Sendable () async throws -> String

        static func open(_ server: HTTPServer, _ context: TLSContext?, _ loops: EventLoopGroup) async throws -> Client {
            if let context {
                let connection = try await SecureConnection.open(server, context, loops)
                return Client {
                    try connection.sendNow($0)
                } readToEnd: {
                    text(try await connection.readToEnd())
                }
            }
            let connection = try await RawConnection.open(server.port, loops)
            return Client {
                try connection.sendNow($0)
            } readToEnd: {
                try await connection.readToEnd()
            }
        }
    }

    private static let flood = 40

    private static func request(_ path: String, _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n"
    }

    /// Keeps the loop for longer than a turn may last.
    private static func spin() {
        let end = MonotonicTime.now + .milliseconds(1)
        while .now < end {}
    }

    /// Where all of the flood lies ready before the other client asks, the loop has no reason to wait before its end.
    @Test(arguments: [false, true])
    func aFloodOfRequestsOnOneConnectionLeavesTurnsToOthers(isSecure: Bool) async throws {
        let certificates = try Certificates()
        let context = isSecure ? try certificates.clientContext() : nil
        let order = Locked<[String]>([])
        let clients = Locked<[Client]>([])
        let mayFlood = Gate()
        let ready = Gate()
        try await withServer(tls: isSecure ? certificates.serverContext() : nil, loops: 1) { request in
            let path = String(request.path)
            order.withLock { $0.append(path) }
            do {
                switch path {
                case "/before": ready.open()
                case "/0":
                    await mayFlood.wait()
                    for number in 1..<Self.flood {
                        let isLast = number == Self.flood - 1
                        let text = Self.request("/\(number)", isLast ? "Connection: close\r\n" : "")
                        try clients.withLock { $0 }[0].sendNow(text)
                    }
                case "/1": try clients.withLock { $0 }[1].sendNow(Self.request("/other", "Connection: close\r\n"))
                default: break
                }
            } catch { Issue.record("\(error)") }
            Self.spin()
            return await echo(request)
        } _: { server, _ in
            // A loop of their own, or the flood would keep the clients from sending.
            let loops = EventLoopGroup(count: 1)
            let flooding = try await Client.open(server, context, loops)
            let other = try await Client.open(server, context, loops)
            clients.withLock { $0 = [flooding, other] }
            try other.sendNow(Self.request("/before"))
            await ready.wait()
            try flooding.sendNow(Self.request("/0"))
            mayFlood.open()
            #expect(try await other.readToEnd().hasSuffix("GET /other "))
            #expect(try await flooding.readToEnd().hasSuffix("GET /\(Self.flood - 1) "))
            await Task.detached { loops.shutdown() }.value
        }
        let paths = order.withLock { $0 }
        #expect(paths.count == Self.flood + 2)
        #expect(paths.prefix(6).contains("/other"), "\(paths)")
    }
}
