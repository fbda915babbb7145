package import JSON

extension Schema {
    /// The changes that fill in what is missing in `value` and has a default.
    ///
    /// Nothing is filled into an object that is not there itself. Applied to its own outcome it gives no change.
    package func defaults(for value: JSONValue, at path: FieldPath = .root) -> JSONPatch {
        var operations: [JSONPatch.Operation] = []
        collectDefaults(value, path, &operations)
        return JSONPatch(operations)
    }

    private func collectDefaults(_ value: JSONValue, _ path: FieldPath, _ operations: inout [JSONPatch.Operation]) {
        switch (shape, value) {
        case (.object(let fields, _), .object(let members)):
            for field in fields {
                if let member = members[field.name], !member.isNull {
                    field.schema.collectDefaults(member, path.member(field.name), &operations)
                } else if let standard = field.schema.standard, standard.unless.map({ members[$0] == nil }) ?? true {
                    operations.append(.add(JSONPointer(path.member(field.name).tokens), standard.value))
                }
            }
        case (.array(let element), .array(let elements)):
            for (index, item) in elements.enumerated() {
                element.collectDefaults(item, path.element(index), &operations)
            }
        case (.map(let element), .object(let members)):
            for member in members { element.collectDefaults(member.value, path.member(member.key), &operations) }
        default: break
        }
    }
}
