/// Where a header field stands in a head.
struct FieldLine {
    /// The name.
    let name: Range<Int>
    /// The value, without the blanks round it.
    let value: Range<Int>
    /// Where the next line begins.
    let end: Int

    /// The field that begins at `start`; nil for the empty line, which ends a head.
    ///
    /// The head must end in an empty line, and each of its line feeds must follow a carriage return.
    ///
    /// - Throws: `MessageFault` for a folded line, space before the colon, a bad name or value.
    @inline(__always)
    init?(in head: Span<UInt8>, at start: Int) throws(MessageFault) {
        var position = start
        while MessageSyntax.isToken(head[position]) { position &+= 1 }
        let mark = head[position]
        guard mark == MessageSyntax.colon, position > start else {
            if position == start, MessageSyntax.isLineEnd(head, at: position) { return nil }
            throw Self.fault(head, start, position)
        }
        name = start..<position
        position &+= 1
        while MessageSyntax.isBlank(head[position]) { position &+= 1 }
        let last = ByteScan.firstControl(in: head, from: position)
        guard MessageSyntax.isLineEnd(head, at: last) else { throw Self.valueFault(head[last]) }
        var valueEnd = last
        while valueEnd > position, MessageSyntax.isBlank(head[valueEnd &- 1]) { valueEnd &-= 1 }
        value = position..<valueEnd
        end = last &+ 2
    }

    /// What is wrong with a line that begins at `start` and whose name ends before `position`, where no colon is.
    private static func fault(_ head: Span<UInt8>, _ start: Int, _ position: Int) -> MessageFault {
        if MessageSyntax.isLineEnd(head, at: position) { return .malformed("a header field without colon") }
        if position == start, MessageSyntax.isBlank(head[start]) { return .malformed("a folded header field") }
        return .malformed("a header field's name is no token")
    }

    private static func valueFault(_ byte: UInt8) -> MessageFault {
        byte == MessageSyntax.carriageReturn
            ? .malformed("a carriage return within a header field")
            : .malformed("a control character in a header field")
    }
}
