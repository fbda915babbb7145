/// Texts within regular expressions of RE2.
enum RE2Text {
    private static let special = Set(#"\.+*?()|[]{}^$"#)

    /// An expression that matches `text` and nothing else.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if special.contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }

    /// The text that `escaped` was made of.
    static func unescaped(_ expression: some StringProtocol) -> String {
        var text = ""
        var isEscape = false
        for character in expression {
            if character == "\\", !isEscape {
                isEscape = true
            } else {
                text.append(character)
                isEscape = false
            }
        }
        return text
    }
}
