internal import HTTPTypes
internal import Sockets
internal import TLS

/// One connection of a server: a handshake, then requests and responses in turn until one side has had enough.
///
/// Everything it knows is in this value, which one task on the connection's loop owns.
struct ServerConnection: ~Copyable {
    let transport: Transport
    let shared: HTTPServer.Shared
    /// False when there are too many connections: then the first request is answered 503.
    let isWelcome: Bool
    private var reader: RequestReader
    /// Whether reading may find something; else we go straight to waiting.
    private var mayRead = true
    private var identity: PeerIdentity?

    /// Serves `socket` to its end.
    static func serve(
        _ socket: consuming Socket,
        _ context: TLSContext?,
        on loop: EventLoop,
        isWelcome: Bool,
        shared: HTTPServer.Shared
    ) async {
        guard let transport = transport(socket, context, loop) else { return }
        var connection = ServerConnection(transport, isWelcome: isWelcome, shared: shared)
        await connection.run()
    }

    private init(_ transport: consuming Transport, isWelcome: Bool, shared: HTTPServer.Shared) {
        self.transport = transport
        self.isWelcome = isWelcome
        self.shared = shared
        reader = RequestReader(limits: shared.configuration.limits)
    }

    private static func transport(
        _ socket: consuming Socket,
        _ context: TLSContext?,
        _ loop: EventLoop
    ) -> Transport? {
        guard let context else { return Transport(socket: socket, loop: loop, peer: "client") }
        do {
            let session = try TLSSession.server(context, socket: socket.handle)
            return Transport(socket: socket, session: session, loop: loop, peer: "client")
        } catch {
            // Out of memory: the connection is closed, which is all the client can be told.
            return nil
        }
    }

    private mutating func run() async {
        do {
            try await transport.handshake(until: .now + shared.configuration.handshakeTimeout)
            identity = transport.clientIdentity
            while let request = try await nextRequest() {
                guard try await answer(request) else { break }
            }
            transport.finish()
        } catch let fault as MessageFault {
            await refuse(fault)
        } catch {
            // The client is gone or broke the protocol below HTTP: nobody is left to be told.
        }
    }

    // MARK: Reading

    /// What reading on came to.
    private enum Advance {
        case output(RequestParser.Output)
        case wants(Interest)
        case end
    }

    /// The next request; nil when the connection should end quietly.
    private mutating func nextRequest() async throws -> ParsedRequest? {
        let limits = shared.configuration
        var deadline = MonotonicTime.now + limits.idleTimeout
        var wasBetween = true
        var wasInHead = true
        while true {
            switch try advance() {
            case .output(.request(let request)): return request
            case .output(.needsContinue):
                try await transport.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), stall: limits.writeTimeout)
            case .output(.needsMore): break
            case .end: return nil
            case .wants(let interest):
                let isBetween = reader.parser.isBetweenRequests
                if isBetween, shared.drain.isDraining { return nil }
                if wasBetween, !isBetween { deadline = .now + limits.headTimeout }
                if wasInHead, !reader.parser.isInHead { deadline = .now + limits.bodyTimeout }
                wasBetween = isBetween
                wasInHead = reader.parser.isInHead
                let tag = isBetween ? shared.drain.tag : 0
                switch await transport.loop.wait(
                    for: interest,
                    on: transport.socket.handle,
                    until: deadline,
                    tag: tag
                ) {
                case .ready: break
                case .timedOut where !isBetween: throw MessageFault.timeout
                case .timedOut, .interrupted, .cancelled: return nil
                }
            }
        }
    }

    /// Parses what is left over, else reads once and parses that.
    ///
    /// Synchronous, so that nothing of it stays with a connection that waits.
    private mutating func advance() throws -> Advance {
        if let output = try reader.parsePending() { return .output(output) }
        guard mayRead else {
            mayRead = true
            return .wants(.read)
        }
        let step = try transport.read(&reader) { reader, bytes in reader.parse(bytes) }
        switch step {
        case .bytes:
            // The socket tells of whatever else comes, but not of records that OpenSSL has taken already.
            mayRead = transport.hasPending
            return .output(try reader.takeOutput())
        case .wants(let interest): return .wants(interest)
        case .end: return .end
        }
    }

    // MARK: Answering

    /// Answers; false when the connection is to be closed.
    private mutating func answer(_ request: ParsedRequest) async throws -> Bool {
        let response: ServerResponse
        if isWelcome {
            response = await shared.handler.response(
                to: ServerRequest(
                    head: request.head,
                    body: request.body,
                    clientCommonName: identity?.commonName,
                    clientOrganizations: identity?.organizations ?? [],
                    clientNames: identity?.names ?? []
                )
            )
        } else {
            response = Self.plain(503, "too many connections", retryAfter: "1")
        }
        let isClosedByHandler = MessageSyntax.lists("close", in: .connection, of: response.head.headerFields)
        var keepsAlive = request.keepsAlive && isWelcome && !isClosedByHandler && !shared.drain.isDraining
        switch response.body {
        case .bytes(let bytes): try await send(bytes, response.head, to: request, closes: !keepsAlive)
        case .stream(let produce):
            keepsAlive = keepsAlive && !request.isVersion10
            try await stream(produce, response.head, to: request, closes: !keepsAlive)
        }
        mayRead = transport.hasPending
        return keepsAlive
    }

    private func send(
        _ body: [UInt8],
        _ head: HTTPResponse,
        to request: ParsedRequest,
        closes: Bool
    ) async throws {
        let stall = shared.configuration.writeTimeout
        // One record for a usual answer; a large body is not copied behind its head.
        let isOnePiece = body.count <= 16 << 10
        var bytes = MessageWriter.head(
            of: head,
            framing: Self.allowsBody(head) ? .fixed(body.count) : .none,
            closes: closes,
            saysKeepAlive: request.isVersion10,
            room: isOnePiece ? body.count : 0
        )
        guard request.head.method != .head, Self.allowsBody(head) else {
            return try await transport.write(bytes, stall: stall)
        }
        if isOnePiece {
            bytes += body
            try await transport.write(bytes, stall: stall)
        } else {
            try await transport.write(bytes, stall: stall)
            try await transport.write(body, stall: stall)
        }
    }

    static func allowsBody(_ head: HTTPResponse) -> Bool {
        head.status.kind != .informational && head.status.code != 204 && head.status.code != 304
    }

    static func plain(_ status: Int, _ reason: String, retryAfter: String? = nil) -> ServerResponse {
        var fields = HTTPFields()
        if let retryAfter { fields[.retryAfter] = retryAfter }
        return ServerResponse(
            status: HTTPResponse.Status(code: status),
            contentType: "text/plain; charset=utf-8",
            headerFields: fields,
            body: .bytes(Array((reason + "\n").utf8))
        )
    }

    /// Answers bytes that are no acceptable request, and closes.
    private func refuse(_ fault: MessageFault) async {
        let response = Self.plain(fault.status, fault.reason)
        guard case .bytes(let body) = response.body else { return }
        let head = MessageWriter.head(
            of: response.head,
            framing: .fixed(body.count),
            closes: true,
            saysKeepAlive: false
        )
        let deadline = MonotonicTime.now + shared.configuration.lingerTimeout
        do {
            let bytes = head + (reader.parser.isHead ? [] : body)
            try await transport.write(bytes, stall: shared.configuration.lingerTimeout, until: deadline)
            transport.finish()
            // Closing with bytes unread resets the connection, and the client might lose our answer.
            var nothing: Void = ()
            while true {
                switch try transport.read(&nothing, { _, _ in }) {
                case .bytes:
                    // Whatever else the client sends must not keep the loop from the others.
                    guard .now < deadline else { return }
                    await Task.yield()
                case .wants(let interest):
                    try await transport.wait(for: interest, until: deadline, operation: "linger for")
                case .end: return
                }
            }
        } catch {
            // It would not listen, or did not go in time: close all the same.
        }
    }
}
