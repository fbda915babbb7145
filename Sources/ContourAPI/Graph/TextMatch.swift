/// How a text is compared, whichever part of a request it is from.
struct TextMatch {
    private let kind: String
    private let text: String
    private let ignoresCase: Bool

    /// `kind` is an operator of a condition, without `not` in front.
    init(_ kind: String, _ text: String, ignoresCase: Bool) {
        self.kind = kind
        self.text = text
        self.ignoresCase = ignoresCase
    }

    /// Whether `value` is as asked for.
    func holds(_ value: String) -> Bool {
        let (value, text) = ignoresCase ? (value.lowercased(), self.text.lowercased()) : (value, self.text)
        return switch kind {
        case "exact": value == text
        case "contains": value.contains(text)
        case "prefix": value.hasPrefix(text)
        case "suffix": value.hasSuffix(text)
        case "regex": RequestMatch.matches(text, value)
        default: true
        }
    }

    /// `x-canary is v1`.
    func words(of name: String, isInverted: Bool) -> String {
        let verb =
            switch kind {
            case "exact": "is\(isInverted ? " not" : "") \(text)"
            case "contains": isInverted ? "lacks \(text)" : "contains \(text)"
            case "prefix": "begins with \(text)"
            case "suffix": "ends with \(text)"
            case "regex": "matches \(text)"
            default: isInverted ? "is missing" : "is present"
            }
        return "\(name) \(verb)" + (ignoresCase ? " in any case" : "")
    }
}
