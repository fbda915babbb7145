/// A request parser and the bytes that came behind the request it has just given out.
struct RequestReader {
    private(set) var parser: RequestParser
    private var pending: [UInt8] = []
    private var pendingStart = 0
    private var output = Result<RequestParser.Output, MessageFault>.success(.needsMore)

    init(limits: MessageLimits) { parser = RequestParser(limits: limits) }

    /// Whether bytes are left over.
    var hasPending: Bool { pendingStart < pending.count }

    /// What the left-over bytes make; nil when there are none.
    mutating func parsePending() throws(MessageFault) -> RequestParser.Output? {
        guard hasPending else { return nil }
        let bytes = pending
        var offset = pendingStart
        let output = try parser.consume(bytes.span, at: &offset)
        pendingStart = offset
        if pendingStart == pending.count {
            pending = []
            pendingStart = 0
        }
        return output
    }

    /// Parses bytes that were just read; ask `takeOutput` for what they make.
    ///
    /// Only to be called when `parsePending` has had none left.
    mutating func parse(_ bytes: Span<UInt8>) {
        var offset = 0
        do throws(MessageFault) {
            output = .success(try parser.consume(bytes, at: &offset))
        } catch {
            output = .failure(error)
        }
        guard offset < bytes.count else { return }
        unsafe bytes.withUnsafeBufferPointer { unsafe pending = Array($0[offset...]) }
    }

    /// What the last bytes made.
    mutating func takeOutput() throws(MessageFault) -> RequestParser.Output {
        defer { output = .success(.needsMore) }
        return try output.get()
    }
}
