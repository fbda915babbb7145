package import HTTPTypes

/// Reads one response out of bytes as they come (RFC 9112).
///
/// No I/O, no waiting: a value.
package struct ResponseParser {
    private enum Framing {
        case none
        case fixed(Int)
        case chunked(ChunkedDecoder)
        case untilClose
    }

    private let limits: MessageLimits
    private let isHead: Bool
    private var head: HeadBuffer
    private var framing = Framing.none
    /// Whether another request may follow on the connection once the body has been read.
    package private(set) var keepsAlive = false
    /// Whether any byte of the response has arrived.
    package private(set) var hasBegun = false
    /// Whether the body is whole.
    package private(set) var isDone = false

    /// A parser for the answer to a request that is a HEAD request or not.
    package init(isHead: Bool, limits: MessageLimits = MessageLimits()) {
        self.limits = limits
        self.isHead = isHead
        head = HeadBuffer(limit: limits.headBytes)
    }

    /// Reads the head from `offset` on; nil when it is not whole yet.
    ///
    /// Interim responses (1xx) are passed over.
    package mutating func takeHead(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> HTTPResponse? {
        if offset < input.count, !hasBegun {
            hasBegun = true
            // A TLS record: an alert or a handshake message.
            guard input[offset] != 0x15, input[offset] != 0x16 else {
                throw .malformed("TLS in place of HTTP; for this port the URL begins with https://")
            }
        }
        while try head.take(input, at: &offset) {
            let response = try parseHead()
            head = HeadBuffer(limit: limits.headBytes)
            if response.status.kind != .informational { return response }
            guard response.status.code != 101 else { throw .malformed("101 without having asked for an upgrade") }
        }
        return nil
    }

    /// Reads body from `offset` on and appends it to `piece`.
    package mutating func takeBody(
        _ input: Span<UInt8>,
        at offset: inout Int,
        into piece: inout [UInt8]
    ) throws(MessageFault) {
        switch framing {
        case .none: isDone = true
        case .fixed(let left):
            let count = min(left, input.count - offset)
            append(input, &offset, count, &piece)
            framing = .fixed(left - count)
            isDone = count == left
        case .chunked(var decoder):
            isDone = try decoder.decode(input, at: &offset, into: &piece, limit: .max)
            framing = .chunked(decoder)
        case .untilClose: append(input, &offset, input.count - offset, &piece)
        }
    }

    /// Says that the connection has ended; true when that is how the body ends.
    package mutating func takeEnd() -> Bool {
        if case .untilClose = framing { isDone = true }
        return isDone
    }

    private func append(_ input: Span<UInt8>, _ offset: inout Int, _ count: Int, _ piece: inout [UInt8]) {
        unsafe input.withUnsafeBufferPointer { unsafe piece.append(contentsOf: $0[offset..<offset + count]) }
        offset += count
    }

    private mutating func parseHead() throws(MessageFault) -> HTTPResponse {
        let bytes = head.bytes
        guard let lineEnd = bytes.firstIndex(of: MessageSyntax.carriageReturn), bytes[lineEnd + 1] == 10 else {
            throw .malformed("a carriage return within the status line")
        }
        let line = bytes[..<lineEnd]
        let version = String(decoding: line.prefix(9), as: UTF8.self)
        guard version == "HTTP/1.1 " || version == "HTTP/1.0 " else { throw .malformed("no HTTP/1.1 status line") }
        let digits = line.dropFirst(9).prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }), line.count == 12 || line[12] == 32,
            let code = Int(String(decoding: digits, as: UTF8.self)), (100...999).contains(code)
        else { throw .malformed("a status line without status") }
        let phrase = line.dropFirst(13).filter(MessageSyntax.isFieldValue)
        let fields = try MessageSyntax.fields(in: bytes[(lineEnd + 2)...], limit: limits.fieldCount)
        let status = HTTPResponse.Status(code: code, reasonPhrase: String(decoding: phrase, as: UTF8.self))
        try chooseFraming(status, fields, isVersion10: version == "HTTP/1.0 ")
        return HTTPResponse(status: status, headerFields: fields)
    }

    private mutating func chooseFraming(
        _ status: HTTPResponse.Status,
        _ fields: HTTPFields,
        isVersion10: Bool
    ) throws(MessageFault) {
        keepsAlive =
            isVersion10
            ? MessageSyntax.lists("keep-alive", in: .connection, of: fields)
            : !MessageSyntax.lists("close", in: .connection, of: fields)
        let isChunked = try MessageSyntax.isChunked(fields)
        let length = try MessageSyntax.contentLength(fields)
        if isHead || status.kind == .informational || status.code == 204 || status.code == 304 {
            framing = .none
        } else if isChunked {
            guard length == nil else { throw .malformed("content-length with transfer-encoding") }
            framing = .chunked(ChunkedDecoder(limits: limits))
        } else if let length {
            framing = .fixed(length)
        } else {
            framing = .untilClose
            keepsAlive = false
        }
    }
}
