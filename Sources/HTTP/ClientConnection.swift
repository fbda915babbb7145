internal import HTTPTypes
internal import Sockets
internal import TLS

/// One connection of a client: one exchange at a time, and idle in the pool between two.
final class ClientConnection: @unchecked Sendable {
    // @unchecked: whoever took it out of the pool owns it alone until the exchange has ended, and touches it on its loop
    // only; the pool itself looks at nothing but `isReusable`, while nobody else has it.

    /// Time to connect and to make the handshake: 5 s, a few retransmissions of a lost packet.
    private static let connectTimeout = Duration.seconds(5)

    let loop: EventLoop
    private let transport: Transport
    private let peer: String
    private var parser = ResponseParser(isHead: false)
    /// Bytes behind what has been parsed.
    private var pending: [UInt8] = []
    private var mayRead = true
    private var isBetweenExchanges = true

    private init(_ transport: consuming Transport, loop: EventLoop, peer: String) {
        self.transport = transport
        self.loop = loop
        self.peer = peer
    }

    deinit {
        // In the middle of an exchange, or after a failure, there is nothing to say goodbye to.
        if isBetweenExchanges { transport.finish() }
    }

    /// Whether the exchange that failed had brought any byte of a response.
    var hasAnswered: Bool { parser.hasBegun }

    /// Whether nothing has arrived since the last exchange, which an end or an unasked response would be.
    var isReusable: Bool { !transport.socket.hasSomethingToRead }

    /// Connects to `target` and makes the handshake for `endpoint` with `tls`, nil for none.
    @concurrent
    static func open(
        to target: (host: String, port: UInt16),
        for endpoint: HTTPEndpoint,
        tls: TLSContext?,
        on loop: EventLoop,
        until limit: MonotonicTime
    ) async throws -> ClientConnection {
        let deadline = min(limit, .now + connectTimeout)
        let peer = endpoint.authority
        let addresses: [SocketAddress]
        do throws(SocketError) {
            addresses = try await Resolver.addresses(of: target.host, port: target.port, on: loop, until: deadline)
        } catch {
            throw HTTPError(code: code(error), operation: "connect to \(peer)", reason: error.description)
        }
        var failure = HTTPError(code: .unreachable, operation: "connect to \(peer)", reason: "no address")
        for (index, address) in addresses.enumerated() {
            // Each address gets its share of the time that is left.
            let share = (deadline - .now) / (addresses.count - index)
            do throws(HTTPError) {
                let socket = try await connect(to: address, peer: peer, on: loop, until: .now + share)
                return try await secure(socket, endpoint, tls, on: loop, until: deadline)
            } catch {
                failure = error
                // The certificate will not be better at the next address.
                if error.code == .tls { break }
            }
        }
        throw failure
    }

    private static func connect(
        to address: SocketAddress,
        peer: String,
        on loop: EventLoop,
        until deadline: MonotonicTime
    ) async throws(HTTPError) -> Socket {
        do throws(SocketError) {
            let socket = try Socket.connecting(to: address)
            switch await loop.wait(for: .write, on: socket.handle, until: deadline) {
            case .ready: break
            case .timedOut:
                throw SocketError(code: .timeout, operation: "connect to", subject: "\(address)", reason: "no answer")
            case .cancelled, .interrupted:
                throw SocketError(code: .cancelled, operation: "connect to", subject: "\(address)", reason: "cancelled")
            }
            try socket.finishConnecting(to: address)
            return socket
        } catch {
            throw HTTPError(code: code(error), operation: "connect to \(peer)", reason: error.reason)
        }
    }

    private static func secure(
        _ socket: consuming Socket,
        _ endpoint: HTTPEndpoint,
        _ tls: TLSContext?,
        on loop: EventLoop,
        until deadline: MonotonicTime
    ) async throws(HTTPError) -> ClientConnection {
        let peer = endpoint.authority
        guard let tls else {
            return ClientConnection(Transport(socket: socket, loop: loop, peer: peer), loop: loop, peer: peer)
        }
        let session: TLSSession
        do { session = try TLSSession.client(tls, socket: socket.handle, host: endpoint.host) } catch {
            throw HTTPError(code: .tls, operation: "connect to \(peer)", reason: error.reason)
        }
        let transport = Transport(socket: socket, session: session, loop: loop, peer: peer)
        try await transport.handshake(until: deadline)
        return ClientConnection(transport, loop: loop, peer: peer)
    }

    private static func code(_ error: SocketError) -> HTTPError.Code {
        switch error.code {
        case .timeout: .timeout
        case .cancelled: .closed
        default: .unreachable
        }
    }

    /// Sends the request and reads the response's head.
    @concurrent
    func exchange(
        _ request: ClientRequest,
        authority: String,
        until deadline: MonotonicTime
    ) async throws -> HTTPResponse {
        parser = ResponseParser(isHead: request.head.method == .head)
        isBetweenExchanges = false
        let head = try MessageWriter.head(of: request, authority: authority)
        try await write(request, head: head, until: deadline)
        return try await readHead(until: deadline)
    }

    /// Sends the request; a server that closes meanwhile may have refused the body and said so before.
    private func write(
        _ request: ClientRequest,
        head: [UInt8],
        until deadline: MonotonicTime
    ) async throws(HTTPError) {
        let isSmall = request.body.count <= 16 << 10
        do throws(HTTPError) {
            try await transport.write(isSmall ? head + request.body : head, stall: request.timeout, until: deadline)
            if !isSmall { try await transport.write(request.body, stall: request.timeout, until: deadline) }
        } catch {
            guard error.code == .closed else { throw error }
        }
    }

    private func readHead(until deadline: MonotonicTime) async throws(HTTPError) -> HTTPResponse {
        while true {
            switch try advance(parseHead) {
            case .output(let head?): return head
            case .output(nil): break
            case .wants(let interest): try await transport.wait(for: interest, until: deadline, operation: "read from")
            case .end:
                throw HTTPError(code: .closed, operation: "read from \(peer)", reason: "closed without a response")
            }
        }
    }

    /// The next piece of the body; nil at its end.
    @concurrent
    func readPiece(until deadline: MonotonicTime) async throws(HTTPError) -> [UInt8]? {
        while true {
            if parser.isDone { return nil }
            switch try advance(parseBody) {
            case .output(let piece):
                if !piece.isEmpty { return piece }
            case .wants(let interest): try await transport.wait(for: interest, until: deadline, operation: "read from")
            case .end:
                if parser.takeEnd() { return nil }
                throw HTTPError(code: .closed, operation: "read from \(peer)", reason: "closed within the body")
            }
        }
    }

    /// The part of the body that came with the head.
    func pieceAtHand() throws(HTTPError) -> [UInt8] {
        let bytes = pending
        pending = []
        return try parseBody(bytes.span).get()
    }

    /// Whether the body has been read to its end.
    var isDone: Bool { parser.isDone }

    private var staysOpen: Bool { parser.isDone && parser.keepsAlive && pending.isEmpty && !transport.hasPending }

    /// Ends an exchange whose body has been read to its end; whether there can be another.
    func finishExchange() -> Bool {
        isBetweenExchanges = parser.isDone
        return staysOpen
    }

    // MARK: Parsing

    private enum Advance<Output> {
        case output(Output)
        case wants(Interest)
        case end
    }

    /// Parses what is left over, else reads once and parses that.
    private func advance<Output>(
        _ parse: (Span<UInt8>) -> Result<Output, HTTPError>
    ) throws(HTTPError) -> Advance<Output> {
        if !pending.isEmpty {
            let bytes = pending
            pending = []
            return .output(try parse(bytes.span).get())
        }
        guard mayRead else {
            mayRead = true
            return .wants(.read)
        }
        var output: Result<Output, HTTPError>?
        let step = try transport.read(&output) { output, bytes in output = parse(bytes) }
        switch step {
        case .bytes:
            mayRead = transport.hasPending
            guard let output else { return .wants(.read) }
            return .output(try output.get())
        case .wants(let interest): return .wants(interest)
        case .end: return .end
        }
    }

    private func parseHead(_ bytes: Span<UInt8>) -> Result<HTTPResponse?, HTTPError> {
        parsing(bytes) { (offset) throws(MessageFault) in try parser.takeHead(bytes, at: &offset) }
    }

    private func parseBody(_ bytes: Span<UInt8>) -> Result<[UInt8], HTTPError> {
        parsing(bytes) { (offset) throws(MessageFault) in
            var piece: [UInt8] = []
            try parser.takeBody(bytes, at: &offset, into: &piece)
            return piece
        }
    }

    private func parsing<Output>(
        _ bytes: Span<UInt8>,
        _ body: (inout Int) throws(MessageFault) -> Output
    ) -> Result<Output, HTTPError> {
        var offset = 0
        do throws(MessageFault) {
            let output = try body(&offset)
            if offset < bytes.count { unsafe bytes.withUnsafeBufferPointer { unsafe pending = Array($0[offset...]) } }
            return .success(output)
        } catch {
            let code: HTTPError.Code = error.status == 431 ? .headTooLarge : .malformed
            return .failure(HTTPError(code: code, operation: "read from \(peer)", reason: error.reason))
        }
    }
}
