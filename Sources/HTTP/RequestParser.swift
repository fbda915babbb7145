internal import HTTPTypes

/// A whole request and what its connection needs to know of it.
package struct ParsedRequest {
    /// Method, path, the host that it is for, and header fields.
    package fileprivate(set) var head: RequestHead
    /// The body, without its transfer coding.
    package fileprivate(set) var body: [UInt8] = []
    /// Whether the client wants to send more requests on this connection.
    package fileprivate(set) var keepsAlive: Bool
    /// Whether the client is from before chunked bodies.
    package fileprivate(set) var isVersion10: Bool
}

/// Reads requests out of bytes as they come, one after another (RFC 9112).
///
/// No I/O, no waiting: a value. What it makes of bytes never depends on how they are cut.
package struct RequestParser {
    /// What it needs or has.
    package enum Output {
        /// More bytes.
        case needsMore
        /// More bytes, and the client waits for `100 Continue` before it sends them. Said once a request.
        case needsContinue
        /// A request is whole; the next byte belongs to the next one.
        case request(ParsedRequest)
    }

    private enum State {
        case line
        case fields(RequestLine)
        case fixedBody(ParsedRequest, left: Int)
        case chunkedBody(ParsedRequest, ChunkedDecoder)
    }

    private let limits: MessageLimits
    private var state = State.line
    private var buffer: HeadBuffer

    /// A parser that stands before the first byte.
    package init(limits: MessageLimits) {
        self.limits = limits
        buffer = HeadBuffer(limit: limits.headBytes)
    }

    /// Whether no byte of a request has been read since the last whole one.
    package var isBetweenRequests: Bool {
        if case .line = state { buffer.isEmpty } else { false }
    }

    /// Whether the head is not whole yet.
    var isInHead: Bool {
        switch state {
        case .line, .fields: true
        case .fixedBody, .chunkedBody: false
        }
    }

    /// The head of the request whose body is being read; nil while there is none.
    var head: RequestHead? {
        switch state {
        case .line, .fields: nil
        case .fixedBody(let request, _), .chunkedBody(let request, _): request.head
        }
    }

    /// The room that is set aside for the body that is being read.
    var bodyRoom: Int {
        switch state {
        case .line, .fields: 0
        case .fixedBody(let request, _), .chunkedBody(let request, _): request.body.capacity
        }
    }

    /// Whether the request being read is known to be a HEAD request.
    private(set) var isHead = false

    /// Reads from `offset` on, which is moved past what was used.
    ///
    /// - Throws: `MessageFault`; nothing after it can be trusted.
    package mutating func consume(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Output {
        if case .line = state {
            guard try takeLine(input, at: &offset) else { return .needsMore }
        }
        if case .fields(let line) = state {
            guard try buffer.take(input, at: &offset) else { return .needsMore }
            let needsContinue = try beginBody(line)
            if needsContinue, offset == input.count { return .needsContinue }
        }
        return try takeBody(input, at: &offset)
    }

    /// Reads the first line, which is judged as soon as it is here: who sends HTTP/0.9 waits for an answer to it.
    private mutating func takeLine(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Bool {
        let isWhole: Bool
        do throws(MessageFault) {
            isWhole = try buffer.takeFirstLine(input, at: &offset)
        } catch {
            // RFC 9112 section 3 asks for a status of its own when it is the target that is too long.
            let isForTarget = RequestLine.isTargetTooLong(buffer.bytes.span, targetLimit: limits.targetBytes)
            throw error.status == 431 && isForTarget ? .targetTooLong(limits.targetBytes) : error
        }
        guard isWhole else { return false }
        let line = try RequestLine(buffer.bytes.span, targetLimit: limits.targetBytes)
        isHead = line.method == .head
        state = .fields(line)
        return true
    }

    /// Reads the head that is whole now; true when the client waits for `100 Continue`.
    private mutating func beginBody(_ line: RequestLine) throws(MessageFault) -> Bool {
        let bytes = buffer.bytes
        buffer = HeadBuffer(limit: limits.headBytes)
        let fields = try FramingFields(checking: bytes.span, from: line.end, limit: limits.fieldCount)
        try Self.checkHost(fields.host, in: bytes.span, isVersion10: line.isVersion10)
        let request = ParsedRequest(
            head: RequestHead(line, bytes: bytes, noted: fields),
            keepsAlive: fields.keepsAlive(isVersion10: line.isVersion10),
            isVersion10: line.isVersion10
        )
        let size = try fixedSize(fields, bytes.span, isVersion10: line.isVersion10)
        guard line.method != .trace || size == 0 else { throw .malformed("a TRACE request with a body") }
        if let size {
            state = .fixedBody(request, left: size)
        } else {
            state = .chunkedBody(request, ChunkedDecoder(limits: limits))
        }
        return try Self.expectsContinue(fields.expect, in: bytes.span, isVersion10: line.isVersion10) && size != 0
    }

    /// There must be exactly one Host (RFC 9112 section 3.2), even where the target names a host; HTTP/1.0 may go without.
    private static func checkHost(
        _ host: FramingFields.Note,
        in head: Span<UInt8>,
        isVersion10: Bool
    ) throws(MessageFault) {
        guard host.count < 2 else { throw .malformed("more than one host") }
        guard host.count == 1 else {
            if isVersion10 { return }
            throw .malformed("no host")
        }
        guard HostSyntax.isHost(head.extracting(host.value)) else { throw .malformed("a host that is none") }
    }

    /// The body's length; nil when it is chunked.
    private func fixedSize(
        _ fields: FramingFields,
        _ head: Span<UInt8>,
        isVersion10: Bool
    ) throws(MessageFault) -> Int? {
        guard fields.contentLength.count < 2 else { throw .malformed("more than one content-length") }
        let length =
            fields.contentLength.count == 0 ? nil : try MessageSyntax.contentLength(head, fields.contentLength.value)
        if try fields.coding.isChunked() {
            // RFC 9112 section 6.1: both together, or from HTTP/1.0, are how requests are smuggled.
            guard length == nil else { throw .malformed("content-length with transfer-encoding") }
            guard !isVersion10 else { throw .malformed("transfer-encoding in HTTP/1.0") }
            return nil
        }
        let size = length ?? 0
        guard size <= limits.bodyBytes else { throw .bodyTooLarge(limits.bodyBytes) }
        return size
    }

    /// Whether the client wants to be told to go on; RFC 9110 section 10.1.1 has HTTP/1.0's expectations ignored.
    private static func expectsContinue(
        _ expectation: FramingFields.Note,
        in head: Span<UInt8>,
        isVersion10: Bool
    ) throws(MessageFault) -> Bool {
        guard expectation.count > 0, !isVersion10 else { return false }
        guard expectation.count == 1, MessageSyntax.isEqual(head, expectation.value, "100-continue") else {
            throw MessageFault(status: 417, reason: "an expectation besides 100-continue")
        }
        return true
    }

    private mutating func takeBody(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Output {
        switch state {
        case .line, .fields: return .needsMore
        case .fixedBody(var request, let left):
            // The state lets go of the body, or each piece would copy it.
            state = .line
            let count = min(left, input.count - offset)
            request.takeBody(input, offset..<offset + count, left: left)
            offset += count
            if count == left { return finish(request) }
            state = .fixedBody(request, left: left - count)
            return .needsMore
        case .chunkedBody(var request, var decoder):
            state = .line
            let isWhole = try decoder.decode(input, at: &offset, into: &request.body, limit: limits.bodyBytes)
            if isWhole { return finish(request) }
            state = .chunkedBody(request, decoder)
            return .needsMore
        }
    }

    private mutating func finish(_ request: ParsedRequest) -> Output {
        isHead = false
        return .request(request)
    }
}

extension ParsedRequest {
    /// Lets go of the body.
    mutating func dropBody() { body = [] }

    /// Takes the next bytes of a body of which `left` are to come, those in `range` included.
    fileprivate mutating func takeBody(_ input: Span<UInt8>, _ range: Range<Int>, left: Int) {
        guard !range.isEmpty else { return }
        // What the client only promises is not set aside for it.
        if body.isEmpty { body.reserveCapacity(min(left, max(range.count, 64 << 10))) }
        unsafe input.withUnsafeBufferPointer { unsafe body.append(contentsOf: $0[range]) }
    }
}
