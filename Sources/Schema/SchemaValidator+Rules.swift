extension SchemaValidator {
    /// The ids of all rules that the schema can find broken.
    package var rules: Set<String> {
        var names: Set<String> = []
        var ids: Set<String> = []
        Self.collect(schema, &names, &ids)
        return ids.union(names.map { "\(prefix)/\($0)" })
    }

    /// Those of them that the CustomResourceDefinition made of the schema holds too, at least in part: all but those about
    /// unknown, retired and deprecated fields.
    package var definitionRules: Set<String> {
        rules.subtracting(Self.retired(in: schema)).subtracting(
            ["unknown-field", "deprecated-field"].map { "\(prefix)/\($0)" }
        )
    }

    private static func retired(in schema: Schema) -> [String] {
        switch schema.shape {
        case .object(let fields, let retired):
            retired.map(\.explanation.rule) + fields.flatMap { self.retired(in: $0.schema) }
        case .map(let element), .array(let element): self.retired(in: element)
        default: []
        }
    }

    private static func collect(_ schema: Schema, _ names: inout Set<String>, _ ids: inout Set<String>) {
        if schema.deprecation != nil { names.insert("deprecated-field") }
        switch schema.shape {
        case .object(let fields, let retired):
            names.formUnion(["wrong-type", "unknown-field"])
            ids.formUnion(retired.map(\.explanation.rule))
            for field in fields {
                if let absence = field.absence { ids.insert(absence.rule) }
                if field.isRequired, field.absence == nil { names.insert("missing-field") }
                collect(field.schema, &names, &ids)
            }
        case .map(let element), .array(let element):
            names.insert("wrong-type")
            collect(element, &names, &ids)
        case .string(let choices, let format):
            names.insert("wrong-type")
            if let mismatch = schema.mismatch {
                ids.insert(mismatch.rule)
            } else {
                if !choices.isEmpty { names.insert("not-a-choice") }
                if let format { names.insert(format.ruleName) }
            }
        case .integer(let bounds):
            names.formUnion(["wrong-type", "not-a-whole-number"])
            collect(bounds, &names, &ids)
        case .number(let bounds):
            names.insert("wrong-type")
            collect(bounds, &names, &ids)
        case .boolean: names.insert("wrong-type")
        case .integerOrString(let bounds, let format):
            names.formUnion(["wrong-type", "not-a-whole-number"])
            collect(bounds, &names, &ids)
            if let mismatch = schema.mismatch {
                ids.insert(mismatch.rule)
            } else if let format {
                names.insert(format.ruleName)
            }
        case .freeForm: break
        }
    }

    private static func collect(_ bounds: Bounds, _ names: inout Set<String>, _ ids: inout Set<String>) {
        for (bound, explanation) in [(bounds.minimum, bounds.below), (bounds.maximum, bounds.above)]
        where bound != nil {
            if let explanation { ids.insert(explanation.rule) } else { names.insert("out-of-range") }
        }
    }
}

extension StringFormat {
    /// The name of the rule that a text must have the form: `not-a-go-duration`.
    var ruleName: String { "not-a-\(name.lowercased().replacing(" ", with: "-"))" }
}
