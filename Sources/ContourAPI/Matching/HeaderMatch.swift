package import JSON

/// How a header of a request is compared, of several operators the one that Contour takes.
package struct HeaderMatch: Hashable, Sendable {
    /// The operators in the order in which Contour looks for the one that acts.
    package static let operators = ["present", "notpresent", "contains", "notcontains", "exact", "notexact", "regex"]

    /// The name as written.
    package let name: String
    /// `present`, `contains`, `exact` or `regex`.
    package let kind: String
    /// With what; empty for `present`.
    package let value: String
    /// Whether what matches is left out.
    package let isInverted: Bool
    /// Whether case is ignored.
    package let ignoresCase: Bool
    /// Whether a missing header is an empty one.
    package let treatsMissingAsEmpty: Bool

    /// The match of a `header` condition; nil where it has no operator, as Contour then drops it.
    package init?(_ condition: JSONValue) {
        guard let acting = Self.acting(in: condition).first else { return nil }
        name = condition["name"]?.string ?? ""
        isInverted = acting.hasPrefix("not")
        kind = isInverted ? String(acting.dropFirst(3)) : acting
        value = kind == "present" ? "" : condition[acting]?.string ?? ""
        let comparesValue = kind == "contains" || kind == "exact"
        ignoresCase = comparesValue && condition.flag("ignoreCase")
        treatsMissingAsEmpty = comparesValue && isInverted && condition.flag("treatMissingAsEmpty")
    }

    /// The operators that are set, the acting one first; an empty text and false are not.
    static func acting(in condition: JSONValue) -> [String] {
        operators.filter { $0.hasSuffix("present") ? condition.flag($0) : condition.filled($0) != nil }
    }

    /// A text that two matches share only if they are equal, to sort by.
    var key: String { "\(kind) \(ignoresCase) \(isInverted) \(treatsMissingAsEmpty) \(name)\u{0}\(value)" }
}
