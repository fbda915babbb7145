/// The transfer codings that a message names, one after another (RFC 9112 section 6.1).
struct TransferCoding {
    private var count = 0
    private var chunkedCount = 0
    private var isLastChunked = false
    private var areTokens = true

    /// Whether none is named, not even an empty one.
    var isEmpty: Bool { count == 0 }

    /// Takes note of the codings in the field value at `range`.
    mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        var rest: Range<Int>? = range
        while let coding = MessageSyntax.takeElement(bytes, of: &rest) {
            count += 1
            isLastChunked = MessageSyntax.isEqual(bytes, coding, "chunked")
            if isLastChunked { chunkedCount += 1 }
            if coding.isEmpty { areTokens = false }
            for position in coding where !MessageSyntax.isToken(bytes[position]) { areTokens = false }
        }
    }

    /// Whether the body is chunked, and nothing else.
    ///
    /// Empty elements, which other lists may have, are refused: they are how a coding is hidden from somebody in front.
    ///
    /// - Throws: `MessageFault` with status 501 for another coding below it, which we do not know; with 400 when chunked
    ///   is not the last one, for then nobody can say where the body ends.
    func isChunked() throws(MessageFault) -> Bool {
        if count == 0 { return false }
        guard isLastChunked, chunkedCount == 1, areTokens else { throw .malformed("transfer-encoding is not chunked") }
        guard count == 1 else { throw MessageFault(status: 501, reason: "a transfer coding besides chunked") }
        return true
    }
}
