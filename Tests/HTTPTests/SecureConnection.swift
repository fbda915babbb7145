import HTTP
import Platform
import Sockets
import TLS

/// A TLS client that reads when it is told to, and may go without a word.
///
/// Closes when it goes; with bytes unread that is a reset.
final class SecureConnection: Sendable {
    private static let patience = Duration.seconds(20)

    private let socket: Socket
    private let session: TLSSession
    private let loop: EventLoop

    private init(_ socket: consuming Socket, _ session: consuming TLSSession, _ loop: EventLoop) {
        self.socket = socket
        self.session = session
        self.loop = loop
    }

    /// Connects to a server of this machine and makes the handshake.
    static func open(
        _ server: HTTPServer,
        _ context: TLSContext,
        _ loops: EventLoopGroup
    ) async throws
        -> SecureConnection
    {
        let loop = loops.next
        return try await withTaskExecutorPreference(loop) { try await connect(server.port, context, loop) }
    }

    @concurrent
    private static func connect(_ port: Int, _ context: TLSContext, _ loop: EventLoop) async throws -> SecureConnection
    {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: UInt16(port)) else {
            throw Unexpected("no address")
        }
        let socket = try Socket.connecting(to: address)
        guard await loop.wait(for: .write, on: socket.handle, until: .now + patience) == .ready else {
            throw Unexpected("no connection in time")
        }
        try socket.finishConnecting(to: address)
        let session = try TLSSession.client(context, socket: socket.handle, host: "127.0.0.1")
        let connection = SecureConnection(socket, session, loop)
        while case .wants(let interest) = try connection.session.handshake() { try await connection.wait(interest) }
        return connection
    }

    /// Sends a short text.
    func send(_ text: String) async throws {
        try await withTaskExecutorPreference(loop) { try await self.write(Array(text.utf8)) }
    }

    /// Sends a short text at once, in a record of its own; to be called when nobody else uses the connection.
    func sendNow(_ text: String) throws {
        let bytes = Array(text.utf8)
        let step = try bytes.withUnsafeBytes { try session.write($0) }
        guard step == .done(bytes.count) else { throw Unexpected("\(step) in place of room") }
    }

    /// Sends bytes beside the session, from any thread.
    func sendRaw(_ bytes: [UInt8]) throws {
        let transfer = try bytes.withUnsafeBytes { try socket.write($0) }
        guard transfer == .bytes(bytes.count) else { throw Unexpected("\(transfer) in place of room") }
    }

    /// What comes next; nil when the server has closed the session properly.
    func read() async throws -> [UInt8]? {
        try await withTaskExecutorPreference(loop) { try await self.readOnce() }
    }

    /// All that comes until the server has closed the session properly.
    func readToEnd() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await read() { bytes += piece }
        return bytes
    }

    /// Says that nothing more comes: with close_notify, or by the end of the TCP stream alone.
    func finish(properly: Bool) {
        if properly { session.close() }
        socket.finishWriting()
    }

    @concurrent
    private func write(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch try rest.withUnsafeBytes({ try session.write($0) }) {
            case .done(let count): rest = rest.dropFirst(count)
            case .wants(let interest): try await wait(interest)
            case .end: throw Unexpected("the end of the session")
            }
        }
    }

    @concurrent
    private func readOnce() async throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            switch try bytes.withUnsafeMutableBytes({ try session.read(into: $0) }) {
            case .done(let count): return Array(bytes[..<count])
            case .wants(let interest): try await wait(interest)
            case .end: return nil
            }
        }
    }

    private func wait(_ interest: Interest) async throws {
        let outcome = await loop.wait(for: interest, on: socket.handle, until: .now + Self.patience)
        guard outcome == .ready else { throw Unexpected("\(outcome) in place of \(interest)") }
    }
}
