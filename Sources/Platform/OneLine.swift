/// Text from elsewhere, made fit for one line of an annotation, a warning, an event or a status.
package enum OneLine {
    /// `text` with each run of white space and control characters made one blank, cut to `limit` characters (the last
    /// one is then `…`).
    ///
    /// Characters that turn the direction of writing count as control characters: with them a line can be made to
    /// read as another.
    package static func cut(_ text: String, to limit: Int) -> String {
        if text.utf8.count <= limit, isPlain(text) { return text }
        var line = ""
        var isGapBefore = false
        for scalar in text.unicodeScalars {
            if isSpace(scalar) {
                isGapBefore = !line.isEmpty
                continue
            }
            if isGapBefore { line.unicodeScalars.append(" ") }
            isGapBefore = false
            line.unicodeScalars.append(scalar)
        }
        guard line.count > limit else { return line }
        return line.prefix(limit - 1) + "…"
    }

    /// Whether `text` is of printable ASCII characters, with single blanks between words: nearly every text is.
    private static func isPlain(_ text: String) -> Bool {
        var wasBlank = true
        let bytes = text.utf8.span
        for place in bytes.indices {
            let byte = bytes[place]
            guard byte > 0x20 || byte == 0x20 && !wasBlank, byte < 0x7f else { return false }
            wasBlank = byte == 0x20
        }
        return !wasBlank || bytes.isEmpty
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value > 0x20 else { return true }
        guard scalar.value >= 0x7f else { return false }
        switch scalar.value {
        case 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: return true
        default: return false
        }
    }
}
