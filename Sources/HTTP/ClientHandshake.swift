internal import Sockets
internal import TLS

/// A client's side of a TLS handshake.
enum ClientHandshake {
    /// Makes it over `socket`, to be called on the loop.
    ///
    /// - Throws: `HTTPError` that says which way it failed.
    @concurrent
    static func make(
        _ session: borrowing TLSSession,
        over socket: borrowing Socket,
        peer: String,
        on loop: EventLoop,
        until deadline: ClientDeadline
    ) async throws(HTTPError) {
        while true {
            // OpenSSL would take it and only say that it is no TLS.
            if socket.peek(5) == Array("HTTP/".utf8) { throw plainHTTP(peer) }
            guard let interest = try step(session, peer) else { break }
            switch await loop.wait(for: interest, on: socket.handle, until: deadline.time) {
            case .ready: break
            case .timedOut: throw deadline.failure("connect to \(peer)", "no answer to the TLS handshake")
            case .cancelled, .interrupted:
                throw HTTPError(code: .closed, operation: "connect to \(peer)", reason: "cancelled")
            }
        }
        socket.acknowledgeNow()
    }

    private static func step(_ session: borrowing TLSSession, _ peer: String) throws(HTTPError) -> Interest? {
        do throws(TLSError) {
            if case .wants(let interest) = try session.handshake() { return interest }
            return nil
        } catch {
            switch error.code {
            case .closed, .truncated:
                let reason = "the server closed the connection within the TLS handshake (\(error.reason))"
                throw HTTPError(code: .closed, operation: "connect to \(peer)", reason: reason)
            default: throw HTTPError(code: .tls, operation: "connect to \(peer)", reason: error.reason)
            }
        }
    }

    private static func plainHTTP(_ peer: String) -> HTTPError {
        HTTPError(
            code: .tls,
            operation: "connect to \(peer)",
            reason: "the server speaks HTTP without TLS, expected TLS; for this port the URL begins with http://"
        )
    }
}
