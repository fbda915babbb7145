/// Takes the chunked transfer coding off a body (RFC 9112 section 7.1).
///
/// Extensions and trailers are checked and dropped.
struct ChunkedDecoder {
    private enum State {
        case size
        case data(Int)
        case dataEnd
        case trailers
        case done
    }

    /// Bytes of a chunk's size line: extensions are rare and short; longer ones are an attempt to make us read for ever.
    private static let lineLimit = 1_024
    /// What the lines of small chunks may hold in all, more than 16 bytes and twice the data for each: 16 KiB, as Go's
    /// servers allow.
    ///
    /// Without it a body of single bytes with long extensions has no end in sight.
    private static let excessLimit = 16 << 10

    private var state = State.size
    private var line: [UInt8] = []
    private var excess = 0
    private var trailers: HeadBuffer
    private let fieldLimit: Int

    init(limits: MessageLimits) {
        trailers = HeadBuffer(limit: limits.headBytes)
        fieldLimit = limits.fieldCount
    }

    /// Decodes `input` from `offset` on, appending data to `body`; true once the last chunk and the trailers are here.
    ///
    /// - Throws: `MessageFault` for bad framing, or when `body` would grow past `limit` bytes.
    mutating func decode(
        _ input: Span<UInt8>,
        at offset: inout Int,
        into body: inout [UInt8],
        limit: Int
    ) throws(MessageFault) -> Bool {
        while true {
            switch state {
            case .size:
                guard let size = try takeSize(input, at: &offset) else { return false }
                guard size <= limit - body.count else { throw .bodyTooLarge(limit) }
                state = size == 0 ? .trailers : .data(size)
            case .data(let left):
                let count = min(left, input.count - offset)
                unsafe input.withUnsafeBufferPointer { unsafe body.append(contentsOf: $0[offset..<offset + count]) }
                offset += count
                state = count == left ? .dataEnd : .data(left - count)
                if count < left { return false }
            case .dataEnd:
                guard let line = try takeLine(input, at: &offset) else { return false }
                guard line.isEmpty else { throw .malformed("a chunk longer than its size") }
                state = .size
            case .trailers:
                guard try takeTrailers(input, at: &offset) else { return false }
                state = .done
            case .done: return true
            }
        }
    }

    /// The trailers end with an empty line, and there may be none before it.
    private mutating func takeTrailers(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Bool {
        while true {
            guard let line = try takeLine(input, at: &offset) else { return false }
            if line.isEmpty, trailers.isEmpty { return true }
            let whole = line + [MessageSyntax.carriageReturn, MessageSyntax.lineFeed]
            var start = 0
            if try trailers.take(whole.span, at: &start) { break }
        }
        let fields = try FramingFields(checking: trailers.bytes.span, from: 0, limit: fieldLimit)
        // RFC 9110 section 6.5.1: these would come too late to be heeded, so whoever sends them wants to be misread.
        guard fields.host.count + fields.contentLength.count + fields.expect.count == 0, fields.coding.isEmpty,
            !fields.hasConnection
        else { throw .malformed("a trailer that belongs into the head") }
        return true
    }

    private mutating func takeSize(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Int? {
        guard let line = try takeLine(input, at: &offset) else { return nil }
        let size = try ChunkSize.parse(line.span)
        // Chunks of 4 KiB and more carry their line easily; doubling a larger number might overflow.
        excess = max(0, excess + line.count - 16 - 2 * min(size, 4_096))
        guard excess <= Self.excessLimit else { throw .malformed("chunk extensions over \(Self.excessLimit) bytes") }
        return size
    }

    /// The next line without its CRLF; nil when it is not whole yet.
    private mutating func takeLine(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> [UInt8]? {
        while offset < input.count {
            let byte = input[offset]
            offset += 1
            if byte == MessageSyntax.lineFeed {
                guard line.last == MessageSyntax.carriageReturn else { throw .malformed("a line feed alone") }
                defer { line = [] }
                return Array(line.dropLast())
            }
            if line.last == MessageSyntax.carriageReturn { throw .malformed("a carriage return alone") }
            guard line.count < Self.lineLimit else { throw .malformed("a chunk line over \(Self.lineLimit) bytes") }
            line.append(byte)
        }
        return nil
    }
}
