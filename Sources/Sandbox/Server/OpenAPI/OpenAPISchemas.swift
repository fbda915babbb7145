import JSON
import Kubernetes

/// The schemas of the kinds that are served, as OpenAPI documents hold them.
///
/// Descriptions are those of definitions; built-in types have none.
struct OpenAPISchemas {
    /// In front of a schema's name in a reference: `#/definitions/`.
    let prefix: String
    /// Whether the document is of OpenAPI 2, which says less.
    let isSecondVersion: Bool

    /// The schemas of `kinds` and of all that they refer to, by name.
    func schemas(of kinds: [ServedKind]) -> [(name: String, schema: JSONValue)] {
        var found: [String: JSONValue] = [:]
        for kind in kinds {
            if let shape = BuiltInTypes.shape(of: kind.shownType), kind.custom == nil {
                add(shape, root: kind.shownType, to: &found)
            } else {
                found[Self.name(of: kind)] = custom(kind)
                if let metadata = BuiltInTypes.shapes["meta.ObjectMeta"] { add(metadata, root: nil, to: &found) }
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// `x-kubernetes-group-version-kind`.
    static func identity(of type: ResourceType) -> JSONValue {
        ["group": .string(type.group), "kind": .string(type.kind), "version": .string(type.version)]
    }

    // MARK: Built-in kinds

    private func add(_ shape: ObjectShape, root: ResourceType?, to found: inout [String: JSONValue]) {
        let name = Self.name(of: shape.name)
        guard found[name] == nil || root != nil else { return }
        var schema: JSONValue = ["type": "object"]
        if let root {
            for field in ["apiVersion", "kind"] { schema[path: "properties", field] = ["type": "string"] }
            schema["x-kubernetes-group-version-kind"] = [Self.identity(of: root)]
        }
        let members = shape.members.values.sorted { $0.name < $1.name }
        for field in members { schema[path: "properties", field.name] = self.schema(of: field) }
        let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        found[name] = schema
        for field in members { addReferred(by: field.shape, to: &found) }
    }

    private func addReferred(by shape: FieldShape, to found: inout [String: JSONValue]) {
        switch shape {
        case .list(let element), .map(let element): addReferred(by: element, to: &found)
        case .object(let name):
            if let inner = BuiltInTypes.shapes[name] { add(inner, root: nil, to: &found) }
        case .quantity, .integerOrText, .time, .microTime, .any:
            guard let (name, schema) = Self.wellKnown(shape) else { return }
            found[name] = schema
        case .text, .integer, .number, .flag, .bytes: break
        }
    }

    private func schema(of field: ObjectField) -> JSONValue {
        var schema = schema(of: field.shape)
        switch field.identity {
        case .atomic: if case .list = field.shape { schema["x-kubernetes-list-type"] = "atomic" }
        case .set: schema["x-kubernetes-list-type"] = "set"
        case .keys(let keys):
            schema["x-kubernetes-list-type"] = "map"
            schema["x-kubernetes-list-map-keys"] = .array(keys.map(JSONValue.string))
        }
        if !field.patchStrategy.isEmpty { schema["x-kubernetes-patch-strategy"] = .string(field.patchStrategy) }
        if !field.patchMergeKey.isEmpty { schema["x-kubernetes-patch-merge-key"] = .string(field.patchMergeKey) }
        if field.isAtomic { schema["x-kubernetes-map-type"] = "atomic" }
        return schema
    }

    private func schema(of shape: FieldShape) -> JSONValue {
        switch shape {
        case .text: ["type": "string"]
        case .integer: ["type": "integer", "format": "int32"]
        case .number: ["type": "number", "format": "double"]
        case .flag: ["type": "boolean"]
        case .bytes: ["type": "string", "format": "byte"]
        case .list(let element): ["type": "array", "items": schema(of: element)]
        case .map(let element): ["type": "object", "additionalProperties": schema(of: element)]
        case .object(let name): ["$ref": .string(prefix + Self.name(of: name))]
        case .quantity, .integerOrText, .time, .microTime, .any:
            ["$ref": .string(prefix + (Self.wellKnown(shape)?.name ?? ""))]
        }
    }

    private static func wellKnown(_ shape: FieldShape) -> (name: String, schema: JSONValue)? {
        let meta = "io.k8s.apimachinery.pkg.apis.meta.v1"
        let package = "io.k8s.apimachinery.pkg"
        return switch shape {
        case .quantity: ("\(package).api.resource.Quantity", ["type": "string"])
        case .integerOrText: ("\(package).util.intstr.IntOrString", ["type": "string", "format": "int-or-string"])
        case .time: ("\(meta).Time", ["type": "string", "format": "date-time"])
        case .microTime: ("\(meta).MicroTime", ["type": "string", "format": "date-time"])
        case .any: ("\(package).runtime.RawExtension", ["type": "object"])
        default: nil
        }
    }

    /// `io.k8s.api.apps.v1.DeploymentSpec` for `apps/v1.DeploymentSpec`.
    private static func name(of type: String) -> String {
        let parts = type.split(separator: ".")
        guard parts.count == 2 else { return type }
        switch parts[0] {
        case "meta": return "io.k8s.apimachinery.pkg.apis.meta.v1.\(parts[1])"
        case "apiextensions/v1": return "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.\(parts[1])"
        default: return "io.k8s.api.\(parts[0].replacing("/", with: ".")).\(parts[1])"
        }
    }

    // MARK: Custom kinds

    private static func name(of kind: ServedKind) -> String {
        let type = kind.shownType
        return (type.group.split(separator: ".").reversed() + [type.version[...], type.kind[...]])
            .joined(separator: ".")
    }

    private func custom(_ kind: ServedKind) -> JSONValue {
        let declared = kind.custom?.schema ?? ["x-kubernetes-preserve-unknown-fields": true]
        let identity: JSONValue = [Self.identity(of: kind.shownType)]
        guard !isSecondVersion || declared["x-kubernetes-preserve-unknown-fields"] != true else {
            // Whatever is named here would be all that there may be.
            return ["type": "object", "x-kubernetes-group-version-kind": identity]
        }
        var schema = isSecondVersion ? reduced(declared) : declared
        schema["type"] = "object"
        for field in ["apiVersion", "kind"] { schema[path: "properties", field] = ["type": "string"] }
        schema[path: "properties", "metadata"] = ["$ref": .string(prefix + Self.name(of: "meta.ObjectMeta"))]
        schema["x-kubernetes-group-version-kind"] = identity
        return schema
    }

    /// What OpenAPI 2 can say of `schema`: where more is allowed than is declared, nothing.
    private func reduced(_ schema: JSONValue) -> JSONValue {
        var result: JSONValue = .object(JSONObject())
        result["description"] = schema["description"]
        guard schema["x-kubernetes-preserve-unknown-fields"] != true, schema["x-kubernetes-int-or-string"] != true,
            schema["nullable"] != true
        else { return result }
        for field in ["type", "format", "required"] { result[field] = schema[field] }
        for member in schema["properties"]?.object ?? JSONObject() {
            result[path: "properties", member.key] = reduced(member.value)
        }
        if let items = schema["items"] { result["items"] = reduced(items) }
        if let more = schema["additionalProperties"], more.object != nil {
            result["additionalProperties"] = reduced(more)
        }
        return result
    }
}
