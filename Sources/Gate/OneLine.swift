/// Text made fit for one line of an annotation, a warning or a message.
enum OneLine {
    /// The longest warning: kubectl prints more, but the API server cuts when there are many.
    static let warningLimit = 119

    /// `text` with a blank for every control character, cut to `limit` characters (the last one is then `…`).
    static func cut(_ text: String, to limit: Int) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            clean.append(isControl(scalar) ? " " : scalar)
        }
        let line = String(clean)
        guard line.count > limit else { return line }
        return line.prefix(limit - 1) + "…"
    }

    /// `text` as a warning.
    static func warning(_ text: String) -> String { cut(text, to: warningLimit) }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
