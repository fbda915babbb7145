/// Collects a message's head until the empty line that ends it.
struct HeadBuffer {
    /// Start line and fields, each with its CRLF, and the empty line.
    private(set) var bytes: [UInt8] = []
    private var lineStart = 0
    private var last: UInt8 = 0
    private var skipped = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Whether nothing of the head has arrived.
    var isEmpty: Bool { bytes.isEmpty }

    /// Takes bytes of `input` from `offset` on; true once the head is whole.
    ///
    /// Empty lines before it are passed over, as RFC 9112 section 2.2 asks; a line feed alone ends no line.
    mutating func take(_ input: Span<UInt8>, at offset: inout Int) throws(MessageFault) -> Bool {
        var start = offset
        while offset < input.count {
            let byte = input[offset]
            offset += 1
            let previous = last
            last = byte
            guard byte == MessageSyntax.lineFeed else { continue }
            let total = bytes.count + offset - start
            // Asked first, so that what is wrong does not depend on how the bytes were cut.
            guard total <= limit else { throw .headTooLarge(limit) }
            guard previous == MessageSyntax.carriageReturn else { throw .malformed("a line feed alone") }
            let isEmptyLine = total - lineStart == 2
            lineStart = total
            guard isEmptyLine else { continue }
            if total == 2 {
                try skipLine()
                start = offset
                continue
            }
            append(input, start, offset)
            return true
        }
        append(input, start, offset)
        guard bytes.count <= limit else { throw .headTooLarge(limit) }
        return false
    }

    private mutating func skipLine() throws(MessageFault) {
        bytes = []
        lineStart = 0
        last = 0
        skipped += 2
        guard skipped <= limit else { throw .headTooLarge(limit) }
    }

    private mutating func append(_ input: Span<UInt8>, _ start: Int, _ end: Int) {
        unsafe input.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0[start..<end]) }
    }
}
