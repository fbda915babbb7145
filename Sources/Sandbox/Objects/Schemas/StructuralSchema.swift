import JSON

/// A schema of a CustomResourceDefinition, with what pruning and defaulting read off it.
///
/// Source: the structural schemas of k8s.io/apiextensions-apiserver.
struct StructuralSchema: Sendable {
    /// The schema itself.
    let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    /// `integer`, `object` and the like.
    var type: String? { value["type"]?.string }

    /// Whether members that are not declared are kept.
    var preservesUnknown: Bool { value["x-kubernetes-preserve-unknown-fields"] == true }

    /// Whether the value is a whole object with metadata.
    var isEmbedded: Bool { value["x-kubernetes-embedded-resource"] == true }

    /// Whether the value is a whole number or a text.
    var isIntOrString: Bool { value["x-kubernetes-int-or-string"] == true }

    /// Whether null is a value.
    var isNullable: Bool { value["nullable"] == true }

    /// The elements' schema.
    var items: StructuralSchema? { value["items"].map(StructuralSchema.init) }

    /// The schema of the member `key` when it is declared by name.
    func property(_ key: String) -> StructuralSchema? { value["properties"]?[key].map(StructuralSchema.init) }

    /// The schema of members that are not declared by name; nil when there may be none, empty when they are free.
    var additional: StructuralSchema? {
        guard let additional = value["additionalProperties"], additional != false else { return nil }
        return StructuralSchema(additional == true ? ["x-kubernetes-preserve-unknown-fields": true] : additional)
    }

    // MARK: Pruning

    /// `value` without what is neither declared nor preserved; `isObject` when it has apiVersion, kind and metadata.
    func pruned(_ value: JSONValue, isObject: Bool = false) -> JSONValue {
        switch value {
        case .object(let members):
            var kept = JSONObject()
            for member in members {
                if isObject || isEmbedded, ["apiVersion", "kind", "metadata"].contains(member.key) {
                    kept[member.key] = member.value
                } else if let schema = property(member.key) ?? additional {
                    kept[member.key] = schema.pruned(member.value)
                } else if preservesUnknown {
                    kept[member.key] = member.value
                }
            }
            return .object(kept)
        case .array(let elements):
            guard let items else { return value }
            return .array(elements.map { items.pruned($0) })
        default: return value
        }
    }

    // MARK: Defaults

    /// `value` with the defaults of all members that are missing in it, and without nulls where null is no value.
    func completed(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            var result = members
            for declared in self.value["properties"]?.object ?? JSONObject() {
                let schema = StructuralSchema(declared.value)
                if let found = result[declared.key], !found.isNull || schema.isNullable { continue }
                result[declared.key] = declared.value["default"]
            }
            for member in result {
                guard let schema = property(member.key) ?? additional else { continue }
                if member.value.isNull, !schema.isNullable, !schema.value.isUnspecified {
                    result[member.key] = schema.value["default"]
                } else {
                    result[member.key] = schema.completed(member.value)
                }
            }
            return .object(result)
        case .array(let elements):
            guard let items else { return value }
            let standIn = items.isNullable ? nil : items.value["default"]
            return .array(elements.map { items.completed($0.isNull ? standIn ?? .null : $0) })
        default: return value
        }
    }
}

extension JSONValue {
    /// Whether a schema says nothing of the value's type, so that null is as good as anything.
    fileprivate var isUnspecified: Bool { self["type"] == nil && self["x-kubernetes-int-or-string"] != true }
}
