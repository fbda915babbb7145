import JSON
import Kubernetes

/// How a value of some kind is put together: which members it may have, and what of it is owned as one.
enum ValueShape: Sendable {
    /// A value of a built-in kind.
    case builtIn(FieldShape, ListIdentity, isAtomic: Bool)
    /// A value of a custom kind; `isObject` when it has apiVersion, kind and metadata.
    case custom(StructuralSchema, isObject: Bool)
    /// Any JSON.
    case free

    /// The objects of `kind` in the version in the paths.
    init(_ kind: ServedKind) {
        if let custom = kind.custom {
            let schema: JSONValue = custom.schema.object?.isEmpty == false ? custom.schema : Self.preserving
            self = .custom(StructuralSchema(schema), isObject: true)
        } else if BuiltInTypes.shape(of: kind.shownType) != nil {
            self = .builtIn(.object(BuiltInTypes.name(of: kind.shownType)), .atomic, isAtomic: false)
        } else {
            self = .custom(StructuralSchema(Self.preserving), isObject: true)
        }
    }

    private static let preserving: JSONValue = ["x-kubernetes-preserve-unknown-fields": true]
    private static let metadata = ValueShape.builtIn(.object("meta.ObjectMeta"), .atomic, isAtomic: false)
    private static let text = ValueShape.builtIn(.text, .atomic, isAtomic: false)

    private init(_ field: ObjectField) {
        self = .builtIn(field.shape, field.identity, isAtomic: field.isAtomic)
    }

    /// Whether the members of an object are declared by name, rather than keys of a map.
    var hasDeclaredMembers: Bool {
        switch self {
        case .builtIn(.object, _, _): true
        case .builtIn, .free: false
        case .custom(let schema, let isObject): isObject || schema.value["properties"] != nil
        }
    }

    /// The shape of the member `key`; nil where there may be none of that name.
    func member(_ key: String) -> ValueShape? {
        switch self {
        case .free, .builtIn(.any, _, _): return .free
        case .builtIn(.object(let name), _, _):
            if ["apiVersion", "kind"].contains(key), Self.isRoot(name) { return Self.text }
            return BuiltInTypes.shapes[name]?.members[key].map(ValueShape.init)
        case .builtIn(.map(let element), _, _): return .builtIn(element, .atomic, isAtomic: false)
        case .builtIn: return nil
        case .custom(let schema, let isObject):
            if isObject || schema.isEmbedded {
                if key == "metadata" { return Self.metadata }
                if ["apiVersion", "kind"].contains(key) { return Self.text }
            }
            if let member = schema.property(key) ?? schema.additional { return .custom(member, isObject: false) }
            return schema.preservesUnknown ? .free : nil
        }
    }

    private static func isRoot(_ name: String) -> Bool {
        !name.hasSuffix("TemplateSpec") && BuiltInTypes.shapes[name]?.members["metadata"] != nil
    }

    /// The shape of a list's elements.
    var items: ValueShape {
        switch self {
        case .builtIn(.list(let element), _, _): .builtIn(element, .atomic, isAtomic: false)
        case .builtIn, .free: .free
        case .custom(let schema, _): schema.items.map { .custom($0, isObject: false) } ?? .free
        }
    }

    /// What tells a list's elements apart.
    var identity: ListIdentity {
        switch self {
        case .builtIn(_, let identity, _): return identity
        case .free: return .atomic
        case .custom(let schema, _):
            switch schema.value["x-kubernetes-list-type"] {
            case "set"?: return .set
            case "map"?:
                let keys = schema.value["x-kubernetes-list-map-keys"]?.array ?? []
                return .keys(keys.compactMap(\.string))
            default: return .atomic
            }
        }
    }

    /// Whether an object is owned as one value.
    var isAtomic: Bool {
        switch self {
        case .builtIn(let shape, _, let isAtomic):
            guard !isAtomic, case .object(let name) = shape else { return isAtomic }
            return BuiltInTypes.shapes[name]?.isAtomic == true
        case .free: return false
        case .custom(let schema, _): return schema.value["x-kubernetes-map-type"] == "atomic"
        }
    }
}
