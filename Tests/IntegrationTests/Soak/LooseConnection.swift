import HTTP
import Sockets
import TLS
import Testing

/// A connection that sends what it is told and reads nothing, as no proper client would.
///
/// Closes when it goes, without a word.
final class LooseConnection: Sendable {
    private enum Channel: ~Copyable {
        case plain
        case secure(TLSSession)
    }

    private static let patience = Duration.seconds(20)

    private let socket: Socket
    private let channel: Channel
    private let loop: EventLoop

    private init(_ socket: consuming Socket, _ channel: consuming Channel, _ loop: EventLoop) {
        self.socket = socket
        self.channel = channel
        self.loop = loop
    }

    /// Connects to `port` of this machine, and makes the TLS handshake where there is a context.
    static func open(_ port: Int, _ context: TLSContext?, _ loops: EventLoopGroup) async throws -> LooseConnection {
        let loop = loops.next
        return try await withTaskExecutorPreference(loop) { try await connect(port, context, loop) }
    }

    @concurrent
    private static func connect(
        _ port: Int,
        _ context: TLSContext?,
        _ loop: EventLoop
    ) async throws -> LooseConnection {
        let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: UInt16(port)))
        let socket = try Socket.connecting(to: address)
        let outcome = await loop.wait(for: .write, on: socket.handle, until: .now + patience)
        try #require(outcome == .ready, "no connection in time")
        try socket.finishConnecting(to: address)
        guard let context else { return LooseConnection(socket, .plain, loop) }
        let session = try TLSSession.client(context, socket: socket.handle, host: "127.0.0.1")
        let connection = LooseConnection(socket, .secure(session), loop)
        while let interest = try connection.handshakeStep() { try await connection.wait(interest) }
        return connection
    }

    /// The common name of the server's certificate; nil without TLS.
    var serverName: String? {
        switch channel {
        case .plain: nil
        case .secure(let session): session.peer?.commonName
        }
    }

    /// Sends what the socket takes of `text`, which is all of a short one.
    func send(_ text: String) async throws {
        try await withTaskExecutorPreference(loop) { try await self.write(Array(text.utf8)) }
    }

    @concurrent
    private func write(_ bytes: [UInt8]) async throws {
        switch channel {
        case .plain: _ = try bytes.withUnsafeBytes { try socket.write($0) }
        case .secure(let session): _ = try bytes.withUnsafeBytes { try session.write($0) }
        }
    }

    private func handshakeStep() throws -> Interest? {
        switch channel {
        case .plain: return nil
        case .secure(let session):
            if case .wants(let interest) = try session.handshake() { return interest }
            return nil
        }
    }

    private func wait(_ interest: Interest) async throws {
        let outcome = await loop.wait(for: interest, on: socket.handle, until: .now + Self.patience)
        try #require(outcome == .ready, "the handshake did not end in time")
    }
}
