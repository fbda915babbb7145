import Sockets

/// A listener that accepts nothing and whose queue is full: what wants to connect gets no answer, as from an address
/// without a route.
final class FullListener: Sendable {
    let port: Int
    private let listener: Socket
    private let first: RawConnection

    init(_ loops: EventLoopGroup) async throws {
        guard let address = SocketAddress(numericHost: "127.0.0.1", port: 0) else { throw Unexpected("no address") }
        listener = try Socket.listening(on: address, backlog: 0)
        port = Int(try listener.localAddress().port)
        first = try await RawConnection.open(port, loops)
    }
}
