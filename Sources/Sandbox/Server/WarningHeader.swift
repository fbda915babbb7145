/// How the API server puts warnings into its answer's header.
///
/// Source: apiserver `warning.AddWarning` and `net/http.NewWarningHeader`: empty ones, repeated ones and those with
/// control characters are dropped; once all together exceed 4096 characters, each is cut to 256.
enum WarningHeader {
    private static let budget = 4_096
    private static let cutLength = 256

    /// The values of the header fields `Warning`.
    static func values(_ warnings: [String]) -> [String] {
        var texts: [String] = []
        for warning in warnings where !warning.isEmpty && !texts.contains(warning) {
            guard warning.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else { continue }
            texts.append(warning)
        }
        return withinBudget(texts).map { "299 - \"\(escaped($0))\"" }
    }

    private static func withinBudget(_ texts: [String]) -> [String] {
        guard texts.reduce(0, { $0 + $1.unicodeScalars.count }) > budget else { return texts }
        var room = budget
        var kept: [String] = []
        for text in texts {
            let cut = String(String.UnicodeScalarView(text.unicodeScalars.prefix(cutLength)))
            guard cut.unicodeScalars.count <= room else { break }
            room -= cut.unicodeScalars.count
            kept.append(cut)
        }
        return kept
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            if character == "\\" || character == "\"" { escaped += "\\" }
            escaped.unicodeScalars.append(character)
        }
        return escaped
    }
}
