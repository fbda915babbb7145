internal import Sockets
internal import TLS

/// The TLS handshake of one connection, once it may begin.
struct ServerHandshake {
    let link: ServerLink
    let shared: HTTPServer.Shared

    /// Makes the handshake; false when there is no connection afterwards, which has been counted.
    func make(until deadline: MonotonicTime) async -> Bool {
        while true {
            switch step() {
            case .done:
                shared.counters.completeHandshake()
                // Some clients wait for the acknowledgement of their last handshake message before they send anything.
                link.transport.socket.acknowledgeNow()
                return true
            case .failed: return false
            case .wants(let interest):
                let outcome = await link.transport.loop.wait(
                    for: interest,
                    on: link.transport.socket.handle,
                    until: deadline,
                    tag: shared.stage.unprovenTag
                )
                guard outcome == .ready else {
                    if outcome == .timedOut { shared.counters.refuse(.handshakeTimeout) }
                    if outcome == .interrupted { shared.countDisplaced() }
                    return false
                }
            }
        }
    }

    private enum Step {
        case done
        case wants(Interest)
        case failed
    }

    private func step() -> Step {
        do {
            guard let interest = try link.transport.handshakeStep() else { return .done }
            return .wants(interest)
        } catch {
            switch error.code {
            case .plainHTTP:
                shared.counters.refuse(.handshakePlainHTTP)
                refusePlainHTTP()
            case .closed, .truncated: shared.counters.refuse(.handshakeClosed)
            case .untrusted: shared.counters.refuse(.handshakeUntrusted)
            default: shared.counters.refuse(.handshakeFailed)
            }
            return .failed
        }
    }

    /// Reads of what such a client has sent, 64 KiB each: more than any socket holds when it is read first, and an end for
    /// who goes on sending.
    private static let discards = 16

    /// Tells a client that speaks HTTP to a TLS port so, in the one language that it understands.
    private func refusePlainHTTP() {
        let (head, body) = shared.bytes(of: shared.refusal(.plainHTTP))
        do throws(SocketError) {
            // Nothing was sent before, so the socket takes it whole.
            _ = try unsafe (head + body).span.withUnsafeBytes { (buffer) throws(SocketError) in
                try unsafe link.transport.socket.write(buffer)
            }
            link.transport.socket.finishWriting()
            // What the client has sent and nobody reads would take our answer back.
            for _ in 0..<Self.discards { guard try link.transport.discard() == true else { return } }
        } catch {
            // The client is gone, and nobody is left to be told.
        }
    }
}
