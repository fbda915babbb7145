internal import HTTPTypes
internal import Sockets
internal import TLS

/// One connection of a server after its handshake: requests and responses in turn until one side has had enough.
///
/// Everything it knows is in this value and its link, which one task on the connection's loop owns.
struct ServerConnection: ~Copyable {
    let link: ServerLink
    let shared: HTTPServer.Shared
    /// False when there are too many connections: then the first request is answered 503.
    let isWelcome: Bool
    private var reader: RequestReader
    /// Whether reading may find something; else we go straight to waiting.
    var mayRead = true
    /// When the last answer was there, or the first bytes of the request that came next.
    var moment = MonotonicTime.now
    /// Whether the client has been answered before.
    var isProven = false
    /// Whether the client may go on sending after its last answer, as it did not know that it was the last.
    var mayGoOn = false
    let identity: PeerIdentity?

    /// Serves requests on `link` to its end.
    static func serve(_ link: ServerLink, isWelcome: Bool, shared: HTTPServer.Shared) async {
        var connection = ServerConnection(link, isWelcome: isWelcome, shared: shared)
        await connection.run()
        link.end()
    }

    private init(_ link: ServerLink, isWelcome: Bool, shared: HTTPServer.Shared) {
        self.link = link
        self.isWelcome = isWelcome
        self.shared = shared
        identity = link.transport.clientIdentity
        reader = RequestReader(limits: shared.configuration.limits)
    }

    private mutating func run() async {
        do {
            while let request = try await nextRequest() {
                guard try await answer(request) else { break }
            }
            link.transport.finish()
            if mayGoOn || link.transport.hasPending || link.transport.socket.hasSomethingToRead { await linger() }
        } catch let fault as MessageFault {
            await refuse(fault, isHead: reader.parser.isHead)
        } catch let error as HTTPError where error.code == .timeout {
            shared.counters.refuse(.writeTimeout)
        } catch {
            // The client is gone or broke the protocol below HTTP: nobody is left to be told.
        }
    }

    // MARK: Reading

    /// How far the next request has come.
    private enum Phase {
        case between
        case head
        case body
    }

    private var phase: Phase {
        reader.parser.isBetweenRequests ? .between : reader.parser.isInHead ? .head : .body
    }

    /// When waiting ends, and what it is called then.
    private func limit(in phase: Phase) -> (deadline: MonotonicTime, refusal: ServerRefusal) {
        let limits = shared.configuration
        switch phase {
        case .between: return (moment + limits.idleTimeout, .idleTimeout)
        case .head: return (moment + limits.headTimeout, .headTimeout)
        case .body:
            let body = MonotonicTime.now + limits.bodyTimeout
            guard let head = reader.parser.head, let time = limits.requestTimeout(head), moment + time < body
            else { return (body, .bodyTimeout) }
            return (moment + time, .requestTimeout)
        }
    }

    /// The tag of a wait: who may end it.
    private func tag(in phase: Phase) -> UInt64 {
        switch phase {
        case .between: isProven ? shared.stage.idleTag : shared.stage.freshTag
        case .head: isProven ? 0 : shared.stage.unprovenTag
        case .body: 0
        }
    }

    /// The next request; nil when the connection should end quietly.
    private mutating func nextRequest() async throws -> ParsedRequest? {
        var phase = Phase.between
        var limit = limit(in: .between)
        while true {
            switch try advance() {
            case .output(.request(let request)): return request
            case .output(.needsContinue):
                let stall = shared.configuration.writeTimeout
                try await link.transport.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), stall: stall)
            case .output(.needsMore): break
            case .end: return nil
            case .wants(let interest):
                let reached = self.phase
                if reached == .between, shared.stage.isDraining { return nil }
                if reached != phase { limit = self.limit(in: reached) }
                phase = reached
                switch await link.transport.loop.wait(
                    for: interest,
                    on: link.transport.socket.handle,
                    until: limit.deadline,
                    tag: tag(in: phase)
                ) {
                case .ready: if phase == .between { moment = .now }
                case .timedOut:
                    shared.counters.refuse(limit.refusal)
                    guard phase == .between else { throw MessageFault.timeout }
                    return nil
                case .interrupted:
                    shared.countDisplaced()
                    return nil
                case .cancelled: return nil
                }
            }
        }
    }

    /// What reading on came to.
    private enum Advance {
        case output(RequestParser.Output)
        case wants(Interest)
        case end
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
        let step = try link.transport.read(&reader) { reader, bytes in reader.parse(bytes) }
        switch step {
        case .bytes:
            // The socket tells of whatever else comes, but not of records that OpenSSL has taken already.
            mayRead = link.transport.hasPending
            return .output(try reader.takeOutput())
        case .wants(let interest): return .wants(interest)
        case .end: return .end
        }
    }
}
