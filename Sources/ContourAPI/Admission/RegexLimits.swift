/// What regular expressions of other engines can do and Envoy's RE2 cannot.
///
/// Source: RE2's syntax page.
enum RegexLimits {
    /// The first construct in `pattern` that RE2 does not have, in words; nil when there is none, or when the pattern
    /// is broken in some other way.
    static func foreignConstruct(in pattern: String) -> String? {
        var rest = Substring(pattern)
        var isInSet = false
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let next = rest.popFirst() else { return "end after a backslash" }
                if !isInSet, next.isASCII, next.isNumber, next != "0" { return "back-reference \\\(next)" }
            case "[": isInSet = true
            case "]": isInSet = false
            case "(" where !isInSet:
                for (opening, name) in [
                    ("?=", "look-ahead"), ("?!", "look-ahead"), ("?<=", "look-behind"),
                    ("?<!", "look-behind"),
                ] where rest.hasPrefix(opening) { return name }
            default: break
            }
        }
        return nil
    }
}
