package import HTTPTypes

/// A whole request and what its connection needs to know of it.
package struct ParsedRequest {
    /// Method, path, the host that it is for, and header fields.
    package var head: HTTPRequest
    /// The body, without its transfer coding.
    package var body: [UInt8] = []
    /// Whether the client wants to send more requests on this connection.
    package var keepsAlive: Bool
    /// Whether the client is from before chunked bodies.
    package var isVersion10: Bool
}

/// Reads requests out of bytes as they come, one after another (RFC 9112).
///
/// No I/O, no waiting: a value.
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
        case head
        case fixedBody(Int)
        case chunkedBody(ChunkedDecoder)
    }

    private let limits: MessageLimits
    private var state = State.head
    private var head: HeadBuffer
    private var request = RequestParser.nothing

    /// What is known of a request before its first line.
    private static let nothing = ParsedRequest(
        head: HTTPRequest(method: .get, scheme: nil, authority: nil, path: nil),
        keepsAlive: false,
        isVersion10: false
    )

    /// A parser that stands before the first byte.
    package init(limits: MessageLimits) {
        self.limits = limits
        head = HeadBuffer(limit: limits.headBytes)
    }

    /// Whether no byte of a request has been read since the last whole one.
    package var isBetweenRequests: Bool { isInHead && head.isEmpty }

    /// Whether the head is not whole yet.
    var isInHead: Bool {
        if case .head = state { true } else { false }
    }

    /// Whether the request being read is known to be a HEAD request.
    var isHead: Bool { request.head.method == .head }

    /// The head of the request whose body is being read.
    var pendingHead: HTTPRequest? { isInHead ? nil : request.head }

    /// Reads from `offset` on, which is moved past what was used.
    ///
    /// - Throws: `MessageFault`; nothing after it can be trusted.
    package mutating func consume(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Output {
        switch state {
        case .head:
            guard try head.take(input, at: &offset) else { return .needsMore }
            let needsContinue = try beginBody()
            if needsContinue, offset == input.count { return .needsContinue }
            return try consumeBody(input, at: &offset)
        default: return try consumeBody(input, at: &offset)
        }
    }

    private mutating func consumeBody(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Output {
        switch state {
        case .head: return .needsMore
        case .fixedBody(let left):
            let count = min(left, input.count - offset)
            unsafe input.withUnsafeBufferPointer {
                unsafe request.body.append(contentsOf: $0[offset..<offset + count])
            }
            offset += count
            guard count == left else {
                state = .fixedBody(left - count)
                return .needsMore
            }
        case .chunkedBody(var decoder):
            let isWhole = try decoder.decode(input, at: &offset, into: &request.body, limit: limits.bodyBytes)
            guard isWhole else {
                state = .chunkedBody(decoder)
                return .needsMore
            }
        }
        let whole = request
        state = .head
        head = HeadBuffer(limit: limits.headBytes)
        request = Self.nothing
        return .request(whole)
    }

    /// Reads the head that is whole now; true when the client waits for `100 Continue`.
    private mutating func beginBody() throws(MessageFault) -> Bool {
        let bytes = head.bytes
        guard let lineEnd = bytes.firstIndex(of: MessageSyntax.carriageReturn), bytes[lineEnd + 1] == 10 else {
            throw .malformed("a carriage return within the request line")
        }
        var line = try RequestLine(bytes[..<lineEnd], targetLimit: limits.targetBytes)
        let fields = try MessageSyntax.fields(in: bytes[(lineEnd + 2)...], limit: limits.fieldCount)
        try line.settleHost(fields)
        request = ParsedRequest(
            head: HTTPRequest(
                method: line.method,
                scheme: nil,
                authority: line.authority,
                path: line.path,
                headerFields: fields
            ),
            keepsAlive: line.isVersion10
                ? MessageSyntax.lists("keep-alive", in: .connection, of: fields)
                : !MessageSyntax.lists("close", in: .connection, of: fields),
            isVersion10: line.isVersion10
        )
        try chooseFraming(fields)
        return try expectsContinue(fields)
    }

    private mutating func chooseFraming(_ fields: HTTPFields) throws(MessageFault) {
        let length = try MessageSyntax.contentLength(fields)
        if try MessageSyntax.isChunked(fields) {
            // RFC 9112 section 6.1: both together, or from HTTP/1.0, are how requests are smuggled.
            guard length == nil else { throw .malformed("content-length with transfer-encoding") }
            guard !request.isVersion10 else { throw .malformed("transfer-encoding in HTTP/1.0") }
            state = .chunkedBody(ChunkedDecoder(limits: limits))
            return
        }
        let size = length ?? 0
        guard size <= limits.bodyBytes else { throw .bodyTooLarge(limits.bodyBytes) }
        // What the client only promises is not set aside for it.
        request.body.reserveCapacity(min(size, 64 << 10))
        state = .fixedBody(size)
    }

    private func expectsContinue(_ fields: HTTPFields) throws(MessageFault) -> Bool {
        guard let expectation = fields[.expect] else { return false }
        guard MessageSyntax.isEqual(expectation[...], "100-continue") else {
            throw MessageFault(status: 417, reason: "an expectation besides 100-continue")
        }
        if case .fixedBody(0) = state { return false }
        return !request.isVersion10
    }
}
