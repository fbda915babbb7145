internal import HTTPTypes
internal import Sockets
internal import TLS

/// One connection of a server after its handshake: requests and responses in turn until one side has had enough.
///
/// Everything it knows is in this and its link, which one task on the connection's loop owns. A class, as each of its
/// async functions would keep a copy of a value of this size.
final class ServerConnection {
    let link: ServerLink
    let shared: HTTPServer.Shared
    /// False when there are too many connections: then the first request is answered 503.
    let isWelcome: Bool
    private var reader: RequestReader
    /// The request that has come whole and is to be answered.
    private var request: ParsedRequest?
    /// Whether reading may find something; else we go straight to waiting.
    var mayRead = true
    /// When the last answer was there, or the first bytes of the request that came next.
    var moment = MonotonicTime.now
    /// Whether the client has been answered before.
    var isProven = false
    /// Whether the client may go on sending after its last answer, as it did not know that it was the last.
    var mayGoOn = false
    /// What this connection has taken from the budget for bodies.
    var charged = 0
    let identity: PeerIdentity?

    /// Serves requests on `link` to its end.
    static func serve(_ link: ServerLink, isWelcome: Bool, shared: HTTPServer.Shared) async {
        let connection = ServerConnection(link, isWelcome: isWelcome, shared: shared)
        await connection.run()
        connection.giveBack()
        link.end()
    }

    private init(_ link: ServerLink, isWelcome: Bool, shared: HTTPServer.Shared) {
        self.link = link
        self.isWelcome = isWelcome
        self.shared = shared
        identity = link.transport.clientIdentity
        reader = RequestReader(limits: shared.configuration.limits)
    }

    private func run() async {
        do {
            while try await hasRequest(), try await answer() {
                if hasMoreAtHand { await letOthersHaveTheirTurn() }
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

    /// The request that has come whole, once.
    @inline(never)
    func takeRequest() -> ParsedRequest? {
        defer { request = nil }
        return request
    }

    /// Lets go of whatever has come of a request that will not be served.
    @inline(never)
    func forgetRequest() {
        reader = RequestReader(limits: shared.configuration.limits)
        giveBack()
    }

    // MARK: Reading

    /// How far the next request has come.
    private enum Phase {
        case between
        case head
        case body
    }

    @inline(never)
    private func reached() -> Phase {
        // A record's first bytes are a head's.
        if reader.parser.isBetweenRequests { return link.transport.isWithinRecord ? .head : .between }
        return reader.parser.isInHead ? .head : .body
    }

    /// When waiting ends, and what it is called then.
    @inline(never)
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
        // An honest client is through with these in milliseconds, and so never the one that has waited longest.
        case .head, .body: shared.stage.unprovenTag
        }
    }

    /// Waits until a request is whole; false when the connection should end quietly.
    ///
    /// An idle connection stands in here, so nothing large may: what parsing needs is in functions that return, and
    /// that are not inlined.
    private func hasRequest() async throws -> Bool {
        var phase = Phase.between
        var limit = limit(in: .between)
        var isLastLook = false
        while true {
            switch try advance() {
            case .request: return true
            case .needsContinue: try await sendContinue()
            case .needsMore: if hasMoreAtHand { await letOthersHaveTheirTurn() }
            case .end: return false
            case .wants(let interest):
                let reached = self.reached()
                if reached == .between, shared.stage.isDraining {
                    // A request that has arrived is answered, though nobody has looked at the socket since.
                    if isLastLook { return false }
                    isLastLook = true
                    moment = .now
                    continue
                }
                if reached != phase { limit = self.limit(in: reached) }
                phase = reached
                let (loop, socket) = (link.transport.loop, link.transport.socket.handle)
                let tag = tag(in: phase)
                // Draining interrupts those between requests before it cancels them.
                let outcome =
                    phase == .between
                    ? await loop.waitUncancelled(for: interest, on: socket, until: limit.deadline, tag: tag)
                    : await loop.wait(for: interest, on: socket, until: limit.deadline, tag: tag)
                if phase == .between, outcome == .interrupted, shared.stage.isDraining {
                    isLastLook = true
                    moment = .now
                    continue
                }
                guard outcome == .ready else {
                    try end(outcome, in: phase, limit.refusal)
                    return false
                }
                if phase == .between { moment = .now }
            }
        }
    }

    /// Whether bytes of the client may be had without a wait for them.
    private var hasMoreAtHand: Bool { mayRead || reader.hasPending }

    /// Who sends request upon request or record upon record never waits for the socket, and all others would wait for
    /// its end.
    @inline(never)
    private func letOthersHaveTheirTurn() async { await link.transport.loop.turnIfDue() }

    @inline(never)
    private func sendContinue() async throws {
        let stall = shared.configuration.writeTimeout
        try await link.transport.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), stall: stall)
    }

    /// A wait has ended otherwise than with bytes: counts that.
    ///
    /// - Throws: `MessageFault` when the client is to be told.
    @inline(never)
    private func end(_ outcome: WaitOutcome, in phase: Phase, _ refusal: ServerRefusal) throws {
        switch outcome {
        case .timedOut:
            shared.counters.refuse(refusal)
            if phase != .between { throw MessageFault.timeout }
        case .interrupted: shared.countDisplaced()
        case .ready, .cancelled: break
        }
    }

    /// What reading on came to.
    private enum Advance {
        /// A request is whole.
        case request
        case needsContinue
        case needsMore
        case wants(Interest)
        case end
    }

    /// Parses what is left over, else reads once and parses that.
    ///
    /// Synchronous, so that nothing of it stays with a connection that waits.
    @inline(never)
    private func advance() throws -> Advance {
        if let output = try reader.parsePending() { return try take(output) }
        guard mayRead else {
            mayRead = true
            return .wants(.read)
        }
        let step = try link.transport.read(&reader) { reader, bytes in reader.parse(bytes) }
        switch step {
        case .bytes:
            // The socket tells of whatever else comes, but not of records that OpenSSL has taken already.
            mayRead = link.transport.hasPending
            return try take(try reader.takeOutput())
        case .wants(let interest): return .wants(interest)
        case .end: return .end
        }
    }

    private func take(_ output: RequestParser.Output) throws(MessageFault) -> Advance {
        switch output {
        case .request(let whole):
            try charge(for: whole.body.capacity)
            request = whole
            return .request
        case .needsContinue: return .needsContinue
        case .needsMore:
            try charge(for: reader.parser.bodyRoom)
            return .needsMore
        }
    }
}
