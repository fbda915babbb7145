/// A place in a text as a message names it: line, column, and the line with a caret below the place.
package struct TextPlace: Hashable, Sendable {
    /// The line, from 1; lines end with a newline.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int
    /// The line, cut to a width that fits a terminal, and a second line with a caret below the place.
    package let excerpt: String

    /// How much of the line is shown: before the place, and in all; fits a terminal of 80 columns.
    private static let shownBefore = 50
    private static let shownInAll = 76

    /// The place before the byte at `offset` in `bytes`, which may be their end.
    package init(in bytes: [UInt8], at offset: Int) {
        let before = bytes[..<offset]
        let lineStart = before.lastIndex(of: ASCII.newline).map { $0 + 1 } ?? 0
        line = before.count { $0 == ASCII.newline } + 1
        column = before[lineStart...].count(where: Self.isFirstByte) + 1
        excerpt = Self.excerpt(of: bytes, lineStart: lineStart, offset: offset)
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
        return oneLine(String(decoding: line, as: UTF8.self))
    }

    /// `text`, a name that stands in somebody's document, with a space for every control character and line break: a
    /// message that quotes it stays on its line.
    package static func oneLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7f...0x9f, 0x2028, 0x2029: line.append(" ")
            default: line.append(scalar)
            }
        }
        return String(line)
    }

    /// Whether `byte` begins a character in UTF-8.
    private static func isFirstByte(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
