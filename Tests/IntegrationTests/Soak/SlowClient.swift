import Sockets
import TLS

/// A client that is slow in one way or another, and then goes without a word.
enum SlowClient: CaseIterable {
    /// Says nothing.
    case silent
    /// Stops in its first TLS message.
    case inHello
    /// Stops in the head of a request.
    case inHead
    /// Sends a body byte by byte.
    case inBody
    /// Sends requests and reads no answer.
    case deaf

    private static let head = "POST /mutate/deployments?timeout=10s HTTP/1.1\r\nHost: a\r\n"

    /// Connects, and goes as far as it goes.
    func open(_ port: Int, _ context: TLSContext, _ loops: EventLoopGroup) async throws -> LooseConnection {
        let isPlain = self == .silent || self == .inHello
        let connection = try await LooseConnection.open(port, isPlain ? nil : context, loops)
        switch self {
        case .silent: break
        case .inHello: try await connection.send("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}")
        case .inHead: try await connection.send(Self.head)
        case .inBody: try await connection.send(Self.head + "Content-Length: 1000\r\n\r\n ")
        case .deaf:
            let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            try await connection.send(String(repeating: request, count: 20))
        }
        return connection
    }

    /// Sends another byte, if it is one to do so.
    func goOn(_ connection: LooseConnection) async throws {
        if self == .inBody { try await connection.send(" ") }
    }
}
