package import JSON

extension KubernetesError {
    /// One of the faults that a Status lists.
    package struct Cause: Hashable, Sendable {
        /// The kind of fault, for example `FieldValueInvalid` or `FieldManagerConflict`; empty when none was given.
        package let reason: String
        /// The field at fault, `spec.replicas`; empty when none was given.
        package let field: String
        /// What is wrong.
        package let message: String
    }

    /// The Status' `details`: name, group and kind of the object, causes and more; nil when there are none.
    package var details: JSONValue? { status?["details"] }

    /// The faults that the Status lists.
    package var causes: [Cause] {
        (details?["causes"]?.array ?? []).map { cause in
            Cause(
                reason: cause["reason"]?.string ?? "",
                field: cause["field"]?.string ?? "",
                message: cause["message"]?.string ?? ""
            )
        }
    }

    /// How long the server asks to wait; nil when it does not say.
    package var retryAfter: Duration? {
        (details?["retryAfterSeconds"]?.int ?? retryAfterSeconds).map { .seconds($0) }
    }

    /// Whether the same call may succeed a little later: no answer came, or the server had no time for it.
    package var isTransient: Bool { (code == 0 && reason.isEmpty) || code == 429 || (500...599).contains(code) }
}
