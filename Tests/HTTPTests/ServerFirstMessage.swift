import Sockets
import TLS

/// What a TLS client says first, for connections that say no more.
enum ServerFirstMessage {
    /// The whole message of a client with `context`.
    static func bytes(_ context: TLSContext, _ loops: EventLoopGroup) async throws -> [UInt8] {
        let loop = loops.next
        return try await withTaskExecutorPreference(loop) { try await capture(context, loop) }
    }

    @concurrent
    private static func capture(_ context: TLSContext, _ loop: EventLoop) async throws -> [UInt8] {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: 0) else { throw Unexpected("no address") }
        let listener = try Socket.listening(on: address)
        let client = try Socket.connecting(to: listener.localAddress())
        guard await loop.wait(for: .write, on: client.handle, until: .now + .seconds(20)) == .ready,
            let server = try listener.accept()
        else { throw Unexpected("no connection") }
        let session = try TLSSession.client(context, socket: client.handle, host: "localhost")
        guard try session.handshake() == .wants(.read),
            await loop.wait(for: .read, on: server.handle, until: .now + .seconds(20)) == .ready
        else { throw Unexpected("no message") }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let transfer = try bytes.withUnsafeMutableBytes { try server.read(into: $0) }
        guard case .bytes(let count) = transfer else { throw Unexpected("\(transfer) in place of a message") }
        return Array(bytes[..<count])
    }
}
