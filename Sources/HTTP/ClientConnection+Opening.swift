internal import Sockets
internal import TLS

extension ClientConnection {
    /// Connects by `route`, through its proxy's tunnel where it needs one, and makes the handshake with `tls`, nil for
    /// none; to be called on the loop.
    ///
    /// - Throws: `HTTPError`.
    @concurrent
    static func open(
        by route: ClientRoute,
        tls: TLSContext?,
        slot: ClientSlot,
        on loop: EventLoop,
        until deadline: ClientDeadline
    ) async throws -> ClientConnection {
        let peer = route.peer
        let found = await ClientDialer.dial(try route.target(), peer: peer, on: loop, until: deadline)
        let socket = Socket(adopting: try found.get())
        guard let tls else {
            let transport = Transport(socket: socket, loop: loop, peer: peer)
            return ClientConnection(transport, loop: loop, peer: peer, slot: slot)
        }
        if let proxy = route.proxy {
            try await ClientTunnel.open(
                over: socket,
                to: route.endpoint,
                through: proxy,
                peer: peer,
                on: loop,
                until: deadline
            )
        }
        let session = try session(with: route.endpoint.host, tls, over: socket, peer)
        try await ClientHandshake.make(session, over: socket, peer: peer, on: loop, until: deadline)
        let transport = Transport(socket: socket, session: session, loop: loop, peer: peer)
        return ClientConnection(transport, loop: loop, peer: peer, slot: slot)
    }

    private static func session(
        with host: String,
        _ tls: TLSContext,
        over socket: borrowing Socket,
        _ peer: String
    ) throws(HTTPError) -> TLSSession {
        do throws(TLSError) { return try TLSSession.client(tls, socket: socket.handle, host: host) } catch {
            throw HTTPError(code: .tls, operation: "connect to \(peer)", reason: error.reason)
        }
    }
}
