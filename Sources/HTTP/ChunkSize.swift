/// The line before a chunk: its size in hexadecimal digits, and extensions, which are checked and dropped (RFC 9112
/// section 7.1).
enum ChunkSize {
    /// The size that `line`, without its CRLF, gives.
    ///
    /// Blanks are refused wherever they stand outside quotes: RFC 9112 lets a receiver live with them round a semicolon,
    /// but no client sends them, and readers that disagree about them are how requests are smuggled.
    ///
    /// - Throws: `MessageFault`.
    static func parse(_ line: Span<UInt8>) throws(MessageFault) -> Int {
        var position = 0
        var size = 0
        while position < line.count, let digit = MessageSyntax.hexValue(line[position]) {
            // 15 hexadecimal digits fit into Int.
            guard position < 15 else { throw .malformed("a chunk size that is no number") }
            size = size << 4 | digit
            position += 1
        }
        guard position > 0, position == line.count || line[position] == UInt8(ascii: ";") else {
            throw .malformed("a chunk size that is no number")
        }
        while position < line.count {
            guard line[position] == UInt8(ascii: ";") else { throw .malformed("a chunk extension that is none") }
            position += 1
            try skipExtension(line, &position)
        }
        return size
    }

    /// Passes over `name`, `name=value` or `name="value"`.
    private static func skipExtension(_ line: Span<UInt8>, _ position: inout Int) throws(MessageFault) {
        guard skipToken(line, &position) else { throw .malformed("a chunk extension that is none") }
        guard position < line.count, line[position] == UInt8(ascii: "=") else { return }
        position += 1
        let isQuoted = position < line.count && line[position] == UInt8(ascii: "\"")
        guard isQuoted ? skipQuoted(line, &position) : skipToken(line, &position) else {
            throw .malformed("a chunk extension that is none")
        }
    }

    private static func skipToken(_ line: Span<UInt8>, _ position: inout Int) -> Bool {
        let start = position
        while position < line.count, MessageSyntax.isToken(line[position]) { position += 1 }
        return position > start
    }

    /// Passes over a quoted string, in which a backslash takes the next byte's meaning away (RFC 9110 section 5.6.4).
    private static func skipQuoted(_ line: Span<UInt8>, _ position: inout Int) -> Bool {
        position += 1
        while position < line.count, MessageSyntax.isFieldValue(line[position]) {
            let byte = line[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return true }
            guard byte == UInt8(ascii: "\\") else { continue }
            guard position < line.count, MessageSyntax.isFieldValue(line[position]) else { return false }
            position += 1
        }
        return false
    }
}
