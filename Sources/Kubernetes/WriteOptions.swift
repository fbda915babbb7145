/// How a change is made.
package struct WriteOptions: Hashable, Sendable {
    /// What the server does with fields that it does not know.
    package enum FieldValidation: String, Hashable, Sendable {
        /// It refuses the object.
        case strict = "Strict"
        /// It drops them and warns.
        case warn = "Warn"
        /// It drops them.
        case ignore = "Ignore"
    }

    /// Who we are in `managedFields`; an apply needs one.
    package var fieldManager: String
    /// Whether the server only says what would become of it.
    package var isDryRun: Bool
    /// Whether an apply takes over fields that others own; of no effect on anything else.
    package var isForced: Bool
    /// What becomes of unknown fields; nil for the server's choice, `Warn`.
    package var validation: FieldValidation?

    /// Options; by default a change of ours that takes effect.
    package init(
        fieldManager: String = "canarygate",
        isDryRun: Bool = false,
        isForced: Bool = false,
        validation: FieldValidation? = nil
    ) {
        self.fieldManager = fieldManager
        self.isDryRun = isDryRun
        self.isForced = isForced
        self.validation = validation
    }

    /// The options as they stand in a query.
    func query(isApply: Bool = false) -> [(String, String)] {
        var query: [(String, String)] = []
        if !fieldManager.isEmpty { query.append(("fieldManager", fieldManager)) }
        if isForced, isApply { query.append(("force", "true")) }
        if isDryRun { query.append(("dryRun", "All")) }
        if let validation { query.append(("fieldValidation", validation.rawValue)) }
        return query
    }
}
