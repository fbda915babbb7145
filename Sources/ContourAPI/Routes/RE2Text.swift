/// Texts within regular expressions of RE2.
enum RE2Text {
    private static let special = Set(#"\.+*?()|[]{}^$"#.unicodeScalars)

    /// An expression that matches `text` and nothing else.
    ///
    /// RE2 goes by code points, whatever a reader takes for one character.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if special.contains(scalar) { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }

    /// The text that `escaped` was made of.
    static func unescaped(_ expression: some StringProtocol) -> String {
        var text = String.UnicodeScalarView()
        var isEscape = false
        for scalar in expression.unicodeScalars {
            if scalar == "\\", !isEscape {
                isEscape = true
            } else {
                text.append(scalar)
                isEscape = false
            }
        }
        return String(text)
    }
}
