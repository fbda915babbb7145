internal import Sockets
internal import TLS

/// A connection's socket, with a TLS session or without, on its event loop.
///
/// Closes when it goes.
struct Transport: ~Copyable {
    /// What carries the bytes.
    enum Channel: ~Copyable {
        case plain
        case secure(TLSSession)
    }

    /// What one read did.
    enum ReadStep {
        /// Bytes were given to the caller.
        case bytes
        /// None are there yet.
        case wants(Interest)
        /// No more will come.
        case end
    }

    let socket: Socket
    let channel: Channel
    let loop: EventLoop
    /// Names the other side in errors.
    let peer: String

    /// A connection without TLS.
    init(socket: consuming Socket, loop: EventLoop, peer: String) {
        self.socket = socket
        channel = .plain
        self.loop = loop
        self.peer = peer
    }

    /// A connection with a TLS session, whose handshake is still to be made.
    init(socket: consuming Socket, session: consuming TLSSession, loop: EventLoop, peer: String) {
        self.socket = socket
        channel = .secure(session)
        self.loop = loop
        self.peer = peer
    }

    /// Goes on with the TLS handshake: what it waits for now, nil when it is done.
    ///
    /// - Throws: `TLSError`.
    func handshakeStep() throws(TLSError) -> Interest? {
        switch channel {
        case .plain: return nil
        case .secure(let session):
            if case .wants(let interest) = try session.handshake() { return interest }
            return nil
        }
    }

    /// Reads what is there, once, and gives it to `body` with `state`.
    ///
    /// - Throws: `HTTPError`.
    func read<State>(_ state: inout State, _ body: (inout State, Span<UInt8>) -> Void) throws(HTTPError) -> ReadStep {
        try unsafe loop.withScratch { (buffer) throws(HTTPError) in
            let (step, count) = try unsafe fill(buffer)
            if count > 0 {
                let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<count])
                unsafe body(&state, Span(_unsafeBytes: bytes))
            }
            return step
        }
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(HTTPError) -> (ReadStep, Int) {
        switch channel {
        case .plain:
            do {
                switch try unsafe socket.read(into: buffer) {
                case .bytes(let count): return (.bytes, count)
                case .wouldBlock: return (.wants(.read), 0)
                case .end: return (.end, 0)
                }
            } catch { throw HTTPError(code: .closed, operation: "read from \(peer)", reason: error.reason) }
        case .secure(let session):
            do {
                switch try unsafe session.read(into: buffer) {
                case .done(let count): return (.bytes, count)
                case .wants(let interest): return (.wants(interest), 0)
                case .end: return (.end, 0)
                }
            } catch { throw HTTPError(code: Self.code(error), operation: "read from \(peer)", reason: error.reason) }
        }
    }

    /// Takes what is there off the socket and forgets it: true for some, false for the end, nil for nothing yet.
    ///
    /// - Throws: `SocketError`.
    func discard() throws(SocketError) -> Bool? {
        try unsafe loop.withScratch { (buffer) throws(SocketError) in
            switch try unsafe socket.read(into: buffer) {
            case .bytes: true
            case .wouldBlock: nil
            case .end: false
            }
        }
    }

    /// Whether bytes were already taken off the socket, which will not tell of them again.
    var hasPending: Bool {
        switch channel {
        case .plain: false
        case .secure(let session): session.hasPending
        }
    }

    /// Whether bytes have come that make nothing to read before others do.
    var isWithinRecord: Bool {
        switch channel {
        case .plain: false
        case .secure(let session): session.isWithinRecord
        }
    }

    /// Writes all of `bytes`.
    ///
    /// - Throws: `HTTPError`, with code `timeout` when nothing moves for `stall` or `deadline` passes.
    func write(_ bytes: [UInt8], stall: Duration, until deadline: MonotonicTime = .never) async throws(HTTPError) {
        var offset = 0
        while let interest = try writeSome(bytes, from: &offset) {
            try await wait(for: interest, until: min(deadline, .now + stall), operation: "write to")
        }
    }

    /// Writes what the system takes of `bytes` now; true when that was all.
    ///
    /// - Throws: `HTTPError`.
    func writeOnce(_ bytes: [UInt8]) throws(HTTPError) -> Bool {
        var offset = 0
        return try writeSome(bytes, from: &offset) == nil
    }

    /// Writes from `offset` on, which is moved, until all is written (nil) or something must be waited for.
    private func writeSome(_ bytes: [UInt8], from offset: inout Int) throws(HTTPError) -> Interest? {
        while offset < bytes.count {
            let start = offset
            let (interest, count) = try unsafe bytes.span.withUnsafeBytes { (buffer) throws(HTTPError) in
                try unsafe send(UnsafeRawBufferPointer(rebasing: buffer[start...]))
            }
            offset += count
            if let interest { return interest }
        }
        return nil
    }

    private func send(_ buffer: UnsafeRawBufferPointer) throws(HTTPError) -> (Interest?, Int) {
        switch channel {
        case .plain:
            do {
                if case .bytes(let count) = try unsafe socket.write(buffer) { return (nil, count) }
                return (.write, 0)
            } catch { throw HTTPError(code: .closed, operation: "write to \(peer)", reason: error.reason) }
        case .secure(let session):
            let step: TLSSession.Step
            do { step = try unsafe session.write(buffer) } catch {
                throw HTTPError(code: Self.code(error), operation: "write to \(peer)", reason: error.reason)
            }
            switch step {
            case .done(let count): return (nil, count)
            case .wants(let interest): return (interest, 0)
            case .end:
                throw HTTPError(code: .closed, operation: "write to \(peer)", reason: "the session was closed")
            }
        }
    }

    /// Waits on the socket.
    ///
    /// - Throws: `HTTPError`, with code `timeout` when the deadline passes.
    func wait(
        for interest: Interest,
        until deadline: MonotonicTime,
        operation: StaticString
    ) async throws(HTTPError) {
        switch await loop.wait(for: interest, on: socket.handle, until: deadline) {
        case .ready: return
        case .timedOut: throw HTTPError(code: .timeout, operation: "\(operation) \(peer)", reason: "no answer in time")
        case .cancelled, .interrupted:
            throw HTTPError(code: .closed, operation: "\(operation) \(peer)", reason: "cancelled")
        }
    }

    /// Says goodbye: close_notify, and the end of our bytes.
    ///
    /// Not after a failure.
    func finish() {
        switch channel {
        case .plain: break
        case .secure(let session): session.close()
        }
        socket.finishWriting()
    }

    /// What the other side's verified certificate says of it.
    var clientIdentity: PeerIdentity? {
        switch channel {
        case .plain: return nil
        case .secure(let session): return session.peer
        }
    }

    private static func code(_ error: TLSError) -> HTTPError.Code {
        error.code == .closed || error.code == .truncated ? .closed : .tls
    }
}
