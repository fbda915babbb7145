package import JSON

/// How a parameter of a request's query is compared.
package struct QueryMatch: Hashable, Sendable {
    /// The operators in the order in which Contour looks for the one that acts.
    package static let operators = ["exact", "prefix", "suffix", "regex", "contains", "present"]

    /// The name as written.
    package let name: String
    /// The operator.
    package let kind: String
    /// With what; empty for `present`.
    package let value: String
    /// Whether case is ignored.
    package let ignoresCase: Bool

    /// The match of a `queryParameter` condition; nil where it has no operator.
    package init?(_ condition: JSONValue) {
        guard let acting = Self.acting(in: condition).first else { return nil }
        name = condition["name"]?.string ?? ""
        kind = acting
        value = condition[acting]?.string ?? ""
        ignoresCase = acting != "regex" && acting != "present" && condition.flag("ignoreCase")
    }

    /// The operators that are set, the acting one first; an empty text and false are not.
    static func acting(in condition: JSONValue) -> [String] {
        operators.filter { $0.hasSuffix("present") ? condition.flag($0) : condition.filled($0) != nil }
    }

    /// A text that two matches share only if they are equal, to sort by.
    var key: String { "\(kind) \(ignoresCase) \(name)\u{0}\(value)" }
}
