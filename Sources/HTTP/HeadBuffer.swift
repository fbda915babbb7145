/// Collects a message's head until the empty line that ends it.
struct HeadBuffer {
    /// Start line and fields, each with its CRLF, and the empty line.
    private(set) var bytes: [UInt8] = []
    private var lineStart = 0
    private var skipped = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Whether nothing of the head has arrived.
    var isEmpty: Bool { bytes.isEmpty }

    /// Takes bytes of `input` from `offset` on; true once the head is whole.
    ///
    /// Empty lines before it are passed over, as RFC 9112 section 2.2 asks; a line feed alone ends no line.
    mutating func take(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Bool {
        try takeLines(input, at: &offset, isFirstEnough: false)
    }

    /// Takes bytes of `input` from `offset` on; true once the first line is whole, which `bytes` then ends with.
    mutating func takeFirstLine(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Bool {
        try takeLines(input, at: &offset, isFirstEnough: true)
    }

    /// What lies beyond the limit is not looked at, so that a fault there is found, or not, however the bytes are cut.
    private mutating func takeLines(
        _ input: Span<UInt8>,
        at offset: inout Int,
        isFirstEnough: Bool
    ) throws(MessageFault) -> Bool {
        var start = offset
        var end = start + min(input.count - start, limit - bytes.count)
        while true {
            offset = ByteScan.firstLineFeed(in: input, from: offset, to: end)
            guard offset < end else { break }
            let previous = offset > start ? input[offset - 1] : bytes.last
            guard previous == MessageSyntax.carriageReturn else { throw .malformed("a line feed alone") }
            offset += 1
            let total = bytes.count + offset - start
            let isEmptyLine = total - lineStart == 2
            lineStart = total
            if isEmptyLine, total == 2 {
                try skipLine()
                start = offset
                end = start + min(input.count - start, limit)
            } else if isEmptyLine || isFirstEnough {
                append(input, start, offset)
                return true
            }
        }
        append(input, start, end)
        guard end == input.count else { throw .headTooLarge(limit) }
        return false
    }

    private mutating func skipLine() throws(MessageFault) {
        bytes = []
        lineStart = 0
        skipped += 2
        guard skipped <= limit else { throw .headTooLarge(limit) }
    }

    private mutating func append(_ input: Span<UInt8>, _ start: Int, _ end: Int) {
        // A usual head in one piece, whose lines come one by one; a little more would be beyond the allocator's fast sizes.
        if bytes.isEmpty { bytes.reserveCapacity(min(input.count - start, limit, 992)) }
        unsafe input.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0[start..<end]) }
    }
}
