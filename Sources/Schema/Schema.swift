package import JSON

/// What a value may be: its structure, bounds, default and meaning, declared once and used to check objects, to fill in
/// defaults, to render CRDs and to write the reference.
package struct Schema: Sendable {
    /// The structure.
    package indirect enum Shape: Sendable {
        /// Named fields; any other is unknown. `retired` are names that had a meaning once.
        case object([Field], retired: [RetiredField])
        /// Any string keys.
        case map(Schema)
        /// Elements in order.
        case array(Schema)
        /// Text: one of `choices` unless that is empty, in the form of `format`.
        case string(choices: [String], format: StringFormat?)
        /// A whole number.
        case integer(Bounds)
        /// Any number.
        case number(Bounds)
        /// `true` or `false`.
        case boolean
        /// A whole number, or a name for one, in the form of `format`.
        case integerOrString(Bounds, format: StringFormat?)
        /// Anything; taken as it is.
        case freeForm
    }

    /// The structure.
    package let shape: Shape
    /// What it means: one or more sentences in English.
    package let summary: String
    /// What is filled in when it is missing.
    package private(set) var standard: Standard?
    /// What to use instead; nil for a field that is not deprecated.
    package private(set) var deprecation: String?
    /// What is said in place of the general words when the value is of the wrong form or none of the choices.
    package private(set) var mismatch: Explanation?

    /// A value that is filled in.
    package struct Standard: Sendable {
        /// The value.
        package let value: JSONValue
        /// The field beside it whose presence keeps it from being filled in.
        package let unless: String?
    }

    /// The names of an object's fields; none for anything else.
    package var fieldNames: [String] {
        guard case .object(let fields, _) = shape else { return [] }
        return fields.map(\.name)
    }

    private init(_ shape: Shape, _ summary: String) {
        self.shape = shape
        self.summary = summary
    }
}

extension Schema {
    /// An object with exactly these fields.
    package static func object(_ summary: String, _ fields: [Field], retired: [RetiredField] = []) -> Schema {
        Schema(.object(fields, retired: retired), summary)
    }

    /// An object with any keys, whose values are all of one kind.
    package static func map(_ summary: String, of value: Schema) -> Schema { Schema(.map(value), summary) }

    /// An array.
    package static func list(_ summary: String, of element: Schema) -> Schema { Schema(.array(element), summary) }

    /// Text.
    package static func string(
        _ summary: String,
        choices: [String] = [],
        format: StringFormat? = nil
    ) -> Schema {
        Schema(.string(choices: choices, format: format), summary)
    }

    /// A whole number.
    package static func integer(_ summary: String, _ bounds: Bounds = Bounds()) -> Schema {
        Schema(.integer(bounds), summary)
    }

    /// A number.
    package static func number(_ summary: String, _ bounds: Bounds = Bounds()) -> Schema {
        Schema(.number(bounds), summary)
    }

    /// `true` or `false`.
    package static func boolean(_ summary: String) -> Schema { Schema(.boolean, summary) }

    /// A whole number, or a name for one.
    package static func integerOrString(
        _ summary: String,
        _ bounds: Bounds = Bounds(),
        format: StringFormat? = nil
    ) -> Schema {
        Schema(.integerOrString(bounds, format: format), summary)
    }

    /// Anything.
    package static func freeForm(_ summary: String) -> Schema { Schema(.freeForm, summary) }

    /// The same, filled in with `value` where it is missing, but not where the field `unless` stands beside it.
    package func standing(for value: JSONValue, unless: String? = nil) -> Schema {
        var copy = self
        copy.standard = Standard(value: value, unless: unless)
        return copy
    }

    /// The same, deprecated in favour of what `replacement` says: `write thresholdRange`.
    package func deprecated(_ replacement: String) -> Schema {
        var copy = self
        copy.deprecation = replacement
        return copy
    }

    /// The same, with `explanation` for a value of the wrong form or none of the choices.
    package func explained(_ explanation: Explanation) -> Schema {
        var copy = self
        copy.mismatch = explanation
        return copy
    }
}
