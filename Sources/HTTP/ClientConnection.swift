internal import HTTPTypes
internal import Sockets

/// One connection of a client: one exchange at a time, and idle in the pool between two.
final class ClientConnection: @unchecked Sendable {
    // @unchecked: whoever took it out of the pool owns it alone until the exchange has ended, and touches it on its loop
    // only; the pool itself looks at nothing but `isReusable`, while nobody else has it.

    let loop: EventLoop
    private let transport: Transport
    private let peer: String
    private let slot: ClientSlot
    private var parser = ResponseParser(isHead: false)
    /// Bytes behind what has been parsed.
    private var pending: [UInt8] = []
    private var mayRead = true
    private var isBetweenExchanges = true

    /// A connection that is ready for its first exchange and keeps its place of the pool.
    init(_ transport: consuming Transport, loop: EventLoop, peer: String, slot: ClientSlot) {
        self.transport = transport
        self.loop = loop
        self.peer = peer
        self.slot = slot
    }

    deinit {
        // In the middle of an exchange, or after a failure, there is nothing to say goodbye to.
        if isBetweenExchanges { transport.finish() }
    }

    /// Whether the exchange that failed had brought any byte of a response.
    var hasAnswered: Bool { parser.hasBegun }

    /// Whether nothing has arrived since the last exchange, which an end or an unasked response would be.
    var isReusable: Bool { !transport.socket.hasSomethingToRead }

    /// Sends the request by `route` and reads the response's head.
    @concurrent
    func exchange(
        _ request: ClientRequest,
        by route: ClientRoute,
        until call: ClientDeadline
    ) async throws -> HTTPResponse {
        parser = ResponseParser(isHead: request.head.method == .head)
        isBetweenExchanges = false
        let head = route.adapt(try MessageWriter.head(of: request, authority: route.endpoint.authority))
        try await write(request, head: head, until: call)
        let response = try await readHead(until: call.orEarlier(request.headTimeout.map { ClientDeadline(.head, $0) }))
        // Only the proxy itself wants to know who we are to it.
        guard route.asksProxy, response.status.code == 407 else { return response }
        throw HTTPError(
            code: .unreachable,
            operation: "send to \(peer)",
            reason: "the proxy refused the request with 407, expected user and password in its URL"
        )
    }

    /// Sends the request; a server that closes meanwhile may have refused the body and said so before.
    private func write(
        _ request: ClientRequest,
        head: [UInt8],
        until call: ClientDeadline
    ) async throws(HTTPError) {
        let isSmall = request.body.count <= 16 << 10
        do throws(HTTPError) {
            try await transport.write(isSmall ? head + request.body : head, stall: request.timeout, until: call.time)
            if !isSmall { try await transport.write(request.body, stall: request.timeout, until: call.time) }
        } catch {
            if error.code == .timeout { throw call.failure("write to \(peer)", "the request is not sent") }
            guard error.code == .closed else { throw error }
        }
    }

    private func readHead(until deadline: ClientDeadline) async throws(HTTPError) -> HTTPResponse {
        while true {
            switch try advance(parseHead) {
            case .output(let head?): return head
            case .output(nil): break
            case .wants(let interest): try await wait(for: interest, until: deadline, "no response")
            case .end:
                throw HTTPError(code: .closed, operation: "read from \(peer)", reason: "closed without a response")
            }
        }
    }

    /// The next piece of the body; nil at its end.
    @concurrent
    func readPiece(until deadline: ClientDeadline) async throws(HTTPError) -> [UInt8]? {
        while true {
            if parser.isDone { return nil }
            switch try advance(parseBody) {
            case .output(let piece):
                if !piece.isEmpty { return piece }
            case .wants(let interest): try await wait(for: interest, until: deadline, "the body is not whole")
            case .end:
                if parser.takeEnd() { return nil }
                throw HTTPError(code: .closed, operation: "read from \(peer)", reason: "closed within the body")
            }
        }
    }

    private func wait(
        for interest: Interest,
        until deadline: ClientDeadline,
        _ found: StaticString
    ) async throws(HTTPError) {
        switch await loop.wait(for: interest, on: transport.socket.handle, until: deadline.time) {
        case .ready: return
        case .timedOut: throw deadline.failure("read from \(peer)", "\(found)")
        case .cancelled, .interrupted:
            throw HTTPError(code: .closed, operation: "read from \(peer)", reason: "cancelled")
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
