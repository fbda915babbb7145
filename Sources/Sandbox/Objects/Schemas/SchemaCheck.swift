import JSON

/// Holds an object against its kind's schema.
///
/// Source: the texts of k8s.io/kube-openapi/pkg/validation, as the API server hands them on.
struct SchemaCheck {
    /// The kind's schema.
    private let schema: StructuralSchema

    init(_ schema: StructuralSchema) { self.schema = schema }

    /// What is wrong with `object`.
    func causes(in object: JSONValue) -> [FieldCause] { Self.causes(in: object, schema, at: "") }

    static func causes(in value: JSONValue, _ schema: StructuralSchema, at path: String) -> [FieldCause] {
        if value.isNull, schema.isNullable || schema.type == nil { return [] }
        if let cause = typeCause(value, schema, at: path) { return [cause] }
        var causes = enumCauses(value, schema, at: path)
        switch value {
        case .number(let number): causes += NumberCheck.causes(in: number, schema, at: path)
        case .string(let text): causes += TextCheck.causes(in: text, schema, at: path)
        case .array(let elements): causes += elementCauses(elements, schema, at: path)
        case .object(let members): causes += memberCauses(members, schema, at: path)
        default: break
        }
        return causes + combinationCauses(value, schema, at: path)
    }

    // MARK: Type and enum

    private static func typeCause(_ value: JSONValue, _ schema: StructuralSchema, at path: String) -> FieldCause? {
        let found = typeName(value)
        let expected: [String]
        if schema.isIntOrString {
            expected = ["integer", "string"]
        } else if let type = schema.type {
            expected = type == "number" ? ["number", "integer"] : [type]
        } else {
            return nil
        }
        guard !expected.contains(found) else { return nil }
        let type = schema.isIntOrString ? "integer,string" : schema.type ?? ""
        return FieldCause(
            field: path,
            reason: "FieldValueTypeInvalid",
            message: "Invalid value: \"\(found)\": \(path) in body must be of type \(type): \"\(found)\""
        )
    }

    private static func typeName(_ value: JSONValue) -> String {
        if case .number(let number) = value { return number.int == nil ? "number" : "integer" }
        return value.typeName
    }

    private static func enumCauses(_ value: JSONValue, _ schema: StructuralSchema, at path: String) -> [FieldCause] {
        guard let allowed = schema.value["enum"]?.array, !allowed.contains(value) else { return [] }
        return [.unsupported(path, value, allowed.map { $0.string ?? $0.text })]
    }

    // MARK: Members and elements

    private static func memberCauses(
        _ members: JSONObject,
        _ schema: StructuralSchema,
        at path: String
    ) -> [FieldCause] {
        let required = (schema.value["required"]?.array ?? []).compactMap(\.string)
        var causes = required.filter { members[$0] == nil }.map { FieldCause.required(child($0, of: path)) }
        for member in members {
            // Metadata is checked as that of every object is.
            if path.isEmpty, member.key == "metadata" { continue }
            guard let schema = schema.property(member.key) ?? schema.additional else { continue }
            causes += Self.causes(in: member.value, schema, at: child(member.key, of: path))
        }
        return causes
    }

    private static func elementCauses(
        _ elements: [JSONValue],
        _ schema: StructuralSchema,
        at path: String
    ) -> [FieldCause] {
        var causes: [FieldCause] = []
        let count = JSONValue.number(JSONNumber(elements.count))
        if let most = schema.value["maxItems"]?.int, elements.count > most {
            let problem = "Too many: \(elements.count): must have at most \(most) items"
            causes.append(FieldCause(field: path, reason: "FieldValueTooMany", message: problem))
        }
        if let least = schema.value["minItems"]?.int, elements.count < least {
            causes.append(.invalid(path, count, "\(path) in body should have at least \(least) items"))
        }
        guard let items = schema.items else { return causes }
        for (index, element) in elements.enumerated() {
            causes += Self.causes(in: element, items, at: "\(path)[\(index)]")
        }
        return causes
    }

    private static func child(_ key: String, of path: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    // MARK: Combinations

    private static func combinationCauses(
        _ value: JSONValue,
        _ schema: StructuralSchema,
        at path: String
    ) -> [FieldCause] {
        func fits(_ part: JSONValue) -> Bool { causes(in: value, StructuralSchema(part), at: path).isEmpty }
        var found: [FieldCause] = []
        for part in schema.value["allOf"]?.array ?? [] { found += causes(in: value, StructuralSchema(part), at: path) }
        if let parts = schema.value["anyOf"]?.array, !parts.contains(where: fits) {
            found.append(.invalid(path, value, "\(path) in body must validate at least one schema (anyOf)"))
        }
        if let parts = schema.value["oneOf"]?.array, parts.count(where: fits) != 1 {
            found.append(.invalid(path, value, "\(path) in body must validate one and only one schema (oneOf)"))
        }
        if let part = schema.value["not"], fits(part) {
            found.append(.invalid(path, value, "\(path) in body must not validate the schema (not)"))
        }
        return found
    }
}
