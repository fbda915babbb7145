/// Text from elsewhere, made fit for an event or a status: one line, bounded.
enum OneLine {
    /// Long enough for a command's complaint, short enough for a column of events.
    static let limit = 300

    /// `text` with runs of white space and control characters made one blank, cut to `limit` characters.
    static func of(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }
        let line = words.joined(separator: " ")
        return line.count <= limit ? line : line.prefix(limit - 3) + "..."
    }
}
