package import FlaggerAPI
package import JSON

extension CanaryMatch {
    /// The alternative as conditions of a route, without a path; Envoy compares expressions with the whole value.
    ///
    /// Contour takes one exact value a name, whatever its case, so that a second is written as an expression.
    package var conditions: [JSONValue] {
        Self.conditions(headers, "header", Self.header) + Self.conditions(queryParameters, "queryParameter", Self.query)
    }

    private static func conditions(
        _ texts: [CanaryTextMatch],
        _ kind: String,
        _ write: (CanaryTextMatch) -> (String, JSONValue)
    ) -> [JSONValue] {
        var names: Set<String> = []
        return texts.map { text in
            let isFirst = names.insert(text.name.lowercased()).inserted
            let (comparison, value) =
                text.kind == .exact && !isFirst ? ("regex", expression(RE2Text.escaped(text.value))) : write(text)
            return [kind: ["name": .string(text.name), comparison: value]]
        }
    }

    /// A header is compared exactly or by an expression.
    private static func header(_ text: CanaryTextMatch) -> (String, JSONValue) {
        let escaped = RE2Text.escaped(text.value)
        return switch text.kind {
        case .exact: text.value.isEmpty ? ("regex", expression("")) : ("exact", .string(text.value))
        case .prefix: text.value.isEmpty ? ("present", true) : ("regex", expression("\(escaped).*"))
        case .suffix: text.value.isEmpty ? ("present", true) : ("regex", expression(".*\(escaped)"))
        case .regex: ("regex", expression("(?:\(text.value))"))
        }
    }

    /// For parameters Contour has all four.
    private static func query(_ text: CanaryTextMatch) -> (String, JSONValue) {
        switch text.kind {
        case .exact: text.value.isEmpty ? ("regex", expression("")) : ("exact", .string(text.value))
        case .prefix, .suffix: text.value.isEmpty ? ("present", true) : (text.kind.rawValue, .string(text.value))
        case .regex: ("regex", expression("(?:\(text.value))"))
        }
    }

    private static func expression(_ inner: String) -> JSONValue { .string("^\(inner)$") }
}
