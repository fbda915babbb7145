internal import Sockets
internal import TLS

/// A connection before its first request: makes room for it where there is none, and the TLS handshake.
///
/// A session is made, and the handshake begun, only when the client's whole first message is there. A client that sends
/// nothing, or half of it, costs a socket and this task.
struct ServerGreeting: ~Copyable {
    let socket: Socket
    let context: TLSContext?
    let loop: EventLoop
    let gate: ServerHandshakeGate
    let shared: HTTPServer.Shared

    /// What the connection goes on with, and whether its requests are answered otherwise than with 503; nil where there
    /// is no connection any more, which has been counted.
    ///
    /// Requests are answered by the caller: what an async function holds stays in memory for as long as it runs.
    consuming func link(isWelcome: Bool, task: UnsafeCurrentTask?) async -> (ServerLink, isWelcome: Bool)? {
        let isWelcome = isWelcome || loop.interruptOldest(tags: shared.stage.displacedTags)
        guard let context else {
            let transport = Transport(socket: socket, loop: loop, peer: "client")
            return unsafe (ServerLink(transport, shared: shared, task: task), isWelcome)
        }
        let deadline = MonotonicTime.now + shared.configuration.handshakeTimeout
        guard await hasHello(until: deadline) else { return nil }
        guard let ticket = await gate.enter(socket.handle, until: deadline) else {
            shared.counters.refuse(.handshakeTimeout)
            return nil
        }
        let (gate, loop, shared) = (gate, loop, shared)
        defer { gate.leave(ticket) }
        guard let transport = Self.transport(socket, context, loop) else { return nil }
        let link = unsafe ServerLink(transport, shared: shared, task: task)
        return await ServerHandshake(link: link, shared: shared).make(until: deadline) ? (link, isWelcome) : nil
    }

    private static func transport(
        _ socket: consuming Socket,
        _ context: TLSContext,
        _ loop: EventLoop
    ) -> Transport? {
        do {
            let session = try TLSSession.server(context, socket: socket.handle)
            return Transport(socket: socket, session: session, loop: loop, peer: "client")
        } catch {
            // Out of memory: the connection is closed, which is all the client can be told.
            return nil
        }
    }

    // MARK: The first message

    /// A TLS record's head: kind, version, length.
    private static let recordHead = 5
    /// The kind of record that a handshake message comes in.
    private static let handshakeRecord: UInt8 = 22
    /// The longest record that a first message may come in (RFC 8446 section 5.1).
    private static let longestRecord = 16 << 10

    /// Waits for the whole of the client's first record, or for something that is none; false when it will not come.
    private func hasHello(until deadline: MonotonicTime) async -> Bool {
        var mark = 1
        while true {
            let tag = mark == 1 ? shared.stage.freshTag : shared.stage.unprovenTag
            let outcome = await loop.wait(for: .read, on: socket.handle, until: deadline, tag: tag)
            if outcome == .timedOut { shared.counters.refuse(.handshakeTimeout) }
            if outcome == .interrupted { shared.countDisplaced() }
            guard outcome == .ready else {
                // Closing with bytes unread would be a reset.
                if mark > 1 { forgetBytes() }
                return false
            }
            do {
                let wanted = try wantedBytes()
                // Less than was waited for: the client has finished, and OpenSSL finds the right words for it.
                if wanted <= mark {
                    if mark > 1 { try socket.setReadMark(1) }
                    return true
                }
                mark = wanted
                try socket.setReadMark(mark)
            } catch {
                shared.counters.refuse(.handshakeClosed)
                return false
            }
        }
    }

    private func forgetBytes() {
        unsafe loop.withScratch { buffer in
            // What cannot be read is not there to be forgotten.
            do throws(SocketError) { _ = try unsafe socket.read(into: buffer) } catch {}
        }
    }

    /// How many bytes must be there before it is worth while to look again; 1 when there are enough.
    private func wantedBytes() throws(SocketError) -> Int {
        try unsafe loop.withScratch { (buffer) throws(SocketError) in
            let head = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<(Self.recordHead + Self.longestRecord)])
            guard case .bytes(let count) = try unsafe socket.peek(into: head) else { return 1 }
            guard unsafe head[0] == Self.handshakeRecord else { return 1 }
            guard count >= Self.recordHead else { return Self.recordHead }
            let length = unsafe Int(head[3]) << 8 | Int(head[4])
            let whole = Self.recordHead + length
            return length > Self.longestRecord || count >= whole ? 1 : whole
        }
    }
}
