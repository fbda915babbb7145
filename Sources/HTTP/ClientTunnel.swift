internal import HTTPTypes
internal import Sockets

/// A proxy's tunnel to a server (RFC 9110 section 9.3.6).
enum ClientTunnel {
    /// Asks the proxy at the other end of `socket` for a tunnel to `endpoint`; to be called on the loop.
    ///
    /// - Throws: `HTTPError` when it gives none.
    @concurrent
    static func open(
        over socket: borrowing Socket,
        to endpoint: HTTPEndpoint,
        through proxy: ClientProxy,
        peer: String,
        on loop: EventLoop,
        until deadline: ClientDeadline
    ) async throws(HTTPError) {
        let exchange = Exchange(peer: peer, loop: loop, deadline: deadline)
        try await exchange.write(request(endpoint, proxy), to: socket)
        let status = try await exchange.readHead(from: socket).status
        guard status.kind != .successful else { return }
        var reason = "the proxy refused the tunnel with \(status.code)"
        if !status.reasonPhrase.isEmpty { reason += " \(status.reasonPhrase)" }
        if status.code == 407 { reason += ", expected user and password in its URL" }
        throw HTTPError(code: .unreachable, operation: "connect to \(peer)", reason: reason)
    }

    private static func request(_ endpoint: HTTPEndpoint, _ proxy: ClientProxy) -> [UInt8] {
        let target = endpoint.hostAndPort
        var text = "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\nUser-Agent: canarygate\r\n"
        if let authorization = proxy.authorization { text += "Proxy-Authorization: \(authorization)\r\n" }
        return Array("\(text)\r\n".utf8)
    }

    /// One request and one response without bodies.
    private struct Exchange {
        let peer: String
        let loop: EventLoop
        let deadline: ClientDeadline

        @concurrent
        func write(_ bytes: [UInt8], to socket: borrowing Socket) async throws(HTTPError) {
            var offset = 0
            while offset < bytes.count {
                let start = offset
                let step: Socket.Transfer
                do throws(SocketError) {
                    step = try unsafe bytes.span.withUnsafeBytes { (buffer) throws(SocketError) in
                        try unsafe socket.write(UnsafeRawBufferPointer(rebasing: buffer[start...]))
                    }
                } catch { throw failure("the proxy closed the connection (\(error.reason))") }
                if case .bytes(let count) = step { offset += count } else { try await wait(for: .write, on: socket) }
            }
        }

        @concurrent
        func readHead(from socket: borrowing Socket) async throws(HTTPError) -> HTTPResponse {
            // Whatever a successful answer says of its length, the tunnel begins behind its head.
            var parser = ResponseParser(isHead: true)
            while true {
                let (bytes, isEnd) = try read(from: socket)
                if isEnd { throw failure("the proxy closed the connection without an answer") }
                if bytes.isEmpty {
                    try await wait(for: .read, on: socket)
                    continue
                }
                var offset = 0
                let head: HTTPResponse?
                do throws(MessageFault) { head = try parser.takeHead(bytes.span, at: &offset) } catch {
                    throw HTTPError(
                        code: .malformed,
                        operation: "connect to \(peer)",
                        reason: "an answer of the proxy that is no HTTP: \(error.reason)"
                    )
                }
                guard let head else { continue }
                // A TLS server does not speak first, so these would be somebody else's.
                guard offset == bytes.count || head.status.kind != .successful else {
                    throw failure("the proxy sent something behind its answer", .malformed)
                }
                return head
            }
        }

        private func read(from socket: borrowing Socket) throws(HTTPError) -> (bytes: [UInt8], isEnd: Bool) {
            do throws(SocketError) {
                return try unsafe loop.withScratch { (buffer) throws(SocketError) in
                    switch try unsafe socket.read(into: buffer) {
                    case .bytes(let count): return (unsafe Array(buffer[..<count]), false)
                    case .wouldBlock: return ([], false)
                    case .end: return ([], true)
                    }
                }
            } catch { throw failure("the proxy closed the connection (\(error.reason))") }
        }

        private func wait(for interest: Interest, on socket: borrowing Socket) async throws(HTTPError) {
            switch await loop.wait(for: interest, on: socket.handle, until: deadline.time) {
            case .ready: return
            case .timedOut: throw deadline.failure("connect to \(peer)", "no answer of the proxy")
            case .cancelled, .interrupted: throw failure("cancelled")
            }
        }

        private func failure(_ reason: String, _ code: HTTPError.Code = .closed) -> HTTPError {
            HTTPError(code: code, operation: "connect to \(peer)", reason: reason)
        }
    }
}
