package import JSON

/// A condition on a header field or a query parameter, as it acts.
package struct FieldMatch: Hashable, Sendable {
    /// How the value is compared.
    package enum Comparison: String, Hashable, Sendable {
        case present
        case exact
        case contains
        case prefix
        case suffix
        case regex
    }

    /// The name as written.
    package let name: String
    /// How the value is compared.
    package let comparison: Comparison
    /// What it is compared with; empty for `present`.
    package let text: String
    /// Whether the opposite is asked for.
    package let isInverted: Bool
    /// Whether letters' case does not count.
    package let ignoresCase: Bool
    /// Whether a request without the field is taken for one with an empty value.
    package let takesMissingAsEmpty: Bool

    private init(
        _ condition: JSONValue,
        _ comparison: Comparison,
        _ text: String = "",
        inverted isInverted: Bool = false
    ) {
        name = condition["name"]?.string ?? ""
        self.comparison = comparison
        self.text = text
        self.isInverted = isInverted
        let comparesText = comparison != .present && comparison != .regex
        ignoresCase = comparesText && condition["ignoreCase"]?.bool == true
        takesMissingAsEmpty = comparesText && isInverted && condition["treatMissingAsEmpty"]?.bool == true
    }

    /// The operators on header fields that compare a text, the one that acts first: its name, and what it asks for.
    private static let headerOperators: [(name: String, comparison: Comparison, isInverted: Bool)] = [
        ("contains", .contains, false), ("notcontains", .contains, true), ("exact", .exact, false),
        ("notexact", .exact, true), ("regex", .regex, false),
    ]

    /// The condition on a header field: the first operator acts; nil where there is none, and the condition vanishes.
    package init?(header condition: JSONValue) {
        let isPresent = condition["present"]?.bool == true
        if isPresent || condition["notpresent"]?.bool == true {
            self.init(condition, .present, inverted: !isPresent)
            return
        }
        for (name, comparison, isInverted) in Self.headerOperators {
            guard let text = Self.text(name, in: condition) else { continue }
            self.init(condition, comparison, text, inverted: isInverted)
            return
        }
        return nil
    }

    /// The condition on a query parameter; nil where it has no operator.
    package init?(parameter condition: JSONValue) {
        for comparison in [Comparison.exact, .prefix, .suffix, .regex, .contains] {
            guard let text = Self.text(comparison.rawValue, in: condition) else { continue }
            self.init(condition, comparison, text)
            return
        }
        guard condition["present"]?.bool == true else { return nil }
        self.init(condition, .present)
    }

    private static func text(_ key: String, in condition: JSONValue) -> String? {
        guard let text = condition[key]?.string, !text.isEmpty else { return nil }
        return text
    }
}

extension FieldMatch {
    /// Whether a request with `value` in this place, nil for none, is taken.
    func takes(_ value: String?) -> Bool {
        guard let value = value ?? (takesMissingAsEmpty ? "" : nil) else {
            return comparison == .present && isInverted
        }
        return holds(value) != isInverted
    }

    private func holds(_ value: String) -> Bool {
        let (value, text) = ignoresCase ? (value.lowercased(), self.text.lowercased()) : (value, self.text)
        return switch comparison {
        case .present: true
        case .exact: value == text
        case .contains: value.contains(text)
        case .prefix: value.hasPrefix(text)
        case .suffix: value.hasSuffix(text)
        case .regex: Self.matches(text, value)
        }
    }

    /// Whether `pattern` takes the whole of `text`; a pattern of Envoy's that Swift does not know takes nothing here.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        do {
            return try Regex(pattern).wholeMatch(in: text) != nil
        } catch {
            return false
        }
    }

    /// `x-canary is v1`, `x-canary is missing`.
    package var words: String {
        let not = isInverted ? "not " : ""
        let verb =
            switch comparison {
            case .present: isInverted ? "missing" : "present"
            case .exact: "\(not)\(text)"
            case .contains: "\(not)containing \(text)"
            case .prefix: "beginning with \(text)"
            case .suffix: "ending with \(text)"
            case .regex: "matching \(text)"
            }
        return "\(name) is \(verb)" + (ignoresCase ? " in any case" : "")
    }
}
