extension JSONError {
    /// How much of the faulty line is shown: before the fault, and in all; fits a terminal of 80 columns.
    private static let shownBefore = 50
    private static let shownInAll = 76

    /// The error for `fault`, whose place and path are only now worked out.
    init(_ fault: TapeFault, in bytes: [UInt8], builder: TapeBuilder) {
        let before = bytes[..<fault.offset]
        let lineStart = before.lastIndex(of: ASCII.newline).map { $0 + 1 } ?? 0
        self.init(
            reason: fault.text(in: bytes),
            offset: fault.offset,
            line: before.count { $0 == ASCII.newline } + 1,
            column: before[lineStart...].count(where: isFirstByte) + 1,
            path: JSONPointer(builder.openPath(bytes)).description,
            excerpt: Self.excerpt(of: bytes, lineStart: lineStart, offset: fault.offset)
        )
    }

    /// The line from `lineStart`, cut to a width, and a caret below `offset`.
    private static func excerpt(of bytes: [UInt8], lineStart: Int, offset: Int) -> String {
        var start = offset
        var shown = 0
        while start > lineStart, shown < shownBefore {
            start -= 1
            if isFirstByte(bytes[start]) { shown += 1 }
        }
        let lead = start > lineStart ? "…" : ""
        var end = offset
        var width = shown
        while end < bytes.count, bytes[end] != ASCII.newline {
            if isFirstByte(bytes[end]) {
                if width == shownInAll { break }
                width += 1
            }
            end += 1
        }
        let isCut = end < bytes.count && bytes[end] != ASCII.newline
        let caret = String(repeating: " ", count: shown + lead.count) + "^"
        return lead + printable(bytes[start..<end]) + (isCut ? "…" : "") + "\n" + caret
    }

    /// The text with a space for every control character, so that the caret stands below its place.
    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        var line = bytes
        if line.last == 0x0D { line.removeLast() }
        return String(decoding: line.map { $0 < 0x20 || $0 == 0x7F ? ASCII.space : $0 }, as: UTF8.self)
    }
}

/// Whether `byte` begins a character in UTF-8.
private func isFirstByte(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

extension TapeBuilder {
    /// The names and indexes that lead to the value at which the builder stopped.
    fileprivate func openPath(_ bytes: [UInt8]) -> [String] {
        var tokens: [String] = []
        var container = 0
        while container < nodes.count, nodes[container].isOpen {
            let isObject = nodes[container].kind == .object
            var child = container + 1
            var position = 0
            var token: String?
            while child < nodes.count {
                token = isObject ? nodes[child].text(in: bytes.span) : String(position)
                if isObject { child += 1 }
                if child == nodes.count || nodes[child].isOpen { break }
                child = nodes[child].next(after: child)
                position += 1
                token = nil
            }
            if child < nodes.count {
                tokens.append(token ?? "")
            } else if isInValue {
                tokens.append(token ?? String(position))
            }
            container = child
        }
        return tokens
    }
}
