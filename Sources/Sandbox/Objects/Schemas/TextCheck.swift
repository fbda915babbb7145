import JSON

/// Holds a text against the lengths and the pattern of a schema.
enum TextCheck {
    static func causes(in text: String, _ schema: StructuralSchema, at path: String) -> [FieldCause] {
        var causes: [FieldCause] = []
        let count = text.unicodeScalars.count
        if let most = schema.value["maxLength"]?.int, count > most {
            let problem = "Too long: may not be more than \(most) bytes"
            causes.append(FieldCause(field: path, reason: "FieldValueTooLong", message: problem))
        }
        if let least = schema.value["minLength"]?.int, count < least {
            causes.append(.invalid(path, .string(text), "\(path) in body should be at least \(least) chars long"))
        }
        if let pattern = schema.value["pattern"]?.string, !matches(text, pattern) {
            causes.append(.invalid(path, .string(text), "\(path) in body should match '\(pattern)'"))
        }
        return causes
    }

    /// Whether `pattern` is found in `text`; one that Swift cannot read is taken to match, as it may be right in Go.
    private static func matches(_ text: String, _ pattern: String) -> Bool {
        do {
            return try Regex(pattern).matchingSemantics(.unicodeScalar).firstMatch(in: text) != nil
        } catch {
            return true
        }
    }
}
