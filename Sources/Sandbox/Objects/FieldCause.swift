import JSON

/// One thing that is wrong with an object: an entry of a Status' `details.causes`.
package struct FieldCause: Hashable, Sendable {
    /// Where: `spec.analysis.maxWeight`, `spec.metrics[0].name`.
    package let field: String
    /// The kind of fault, for example `FieldValueInvalid` or `FieldValueRequired`.
    package let reason: String
    /// What is wrong, the value included: `Invalid value: 150: must be …`.
    package let message: String

    /// A fault at `field`.
    package init(field: String, reason: String, message: String) {
        self.field = field
        self.reason = reason
        self.message = message
    }

    /// `spec.analysis.maxWeight: Invalid value: 150: must be …`.
    package var text: String { "\(field): \(message)" }

    /// A value that breaks a rule.
    static func invalid(_ field: String, _ value: JSONValue, _ problem: String) -> FieldCause {
        FieldCause(field: field, reason: "FieldValueInvalid", message: "Invalid value: \(value.text): \(problem)")
    }

    /// A value that is missing.
    static func required(_ field: String, _ problem: String = "") -> FieldCause {
        let detail = problem.isEmpty ? "" : ": \(problem)"
        return FieldCause(field: field, reason: "FieldValueRequired", message: "Required value\(detail)")
    }

    /// A value that must not be there, or not change.
    static func forbidden(_ field: String, _ problem: String) -> FieldCause {
        FieldCause(field: field, reason: "FieldValueForbidden", message: "Forbidden: \(problem)")
    }

    /// A value that is none of those that are allowed.
    static func unsupported(_ field: String, _ value: JSONValue, _ allowed: [String]) -> FieldCause {
        let list = allowed.map { "\"\($0)\"" }.joined(separator: ", ")
        let problem = "Unsupported value: \(value.text): supported values: \(list)"
        return FieldCause(field: field, reason: "FieldValueNotSupported", message: problem)
    }
}
