package import JSON

extension Finding {
    /// How a finding shows `value`: strings quoted, numbers as written, arrays and objects as `[...]` and `{...}`, one
    /// line of at most 64 characters.
    package static func shown(_ value: JSONValue) -> String {
        switch value {
        case .null: return "null"
        case .bool(let flag): return String(flag)
        case .number(let number): return number.text
        case .array(let elements): return elements.isEmpty ? "[]" : "[...]"
        case .object(let members): return members.isEmpty ? "{}" : "{...}"
        case .string(let text):
            let clean = text.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
            return clean.count > 62 ? "\"\(clean.prefix(59))...\"" : "\"\(clean)\""
        }
    }

    /// A finding about `value` at `path`; nil when the value is missing.
    package init(
        _ rule: String,
        _ severity: Severity = .deny,
        at path: FieldPath,
        _ value: JSONValue?,
        _ problem: String,
        _ remedy: String
    ) {
        self.init(
            rule: rule,
            severity: severity,
            path: path.description,
            value: value.map(Self.shown),
            problem: problem,
            remedy: remedy
        )
    }
}
