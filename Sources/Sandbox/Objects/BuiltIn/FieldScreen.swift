import JSON
import Kubernetes

/// Holds what a client sent against the types of its kind: what has a wrong type is refused, what is unknown is left out
/// and noted.
///
/// Source: the strict decoding of apimachinery's JSON serializer.
struct FieldScreen {
    /// `Deployment`.
    private let kind: String
    /// `v1`.
    private let version: String
    /// The paths of the fields that are unknown, in the order of the object.
    private(set) var unknown: [String] = []

    /// A screen for objects of `type`.
    init(_ type: ResourceType) {
        kind = type.kind
        version = type.version
    }

    /// `value` without what its `shape` does not know.
    ///
    /// - Throws: the 400 of a value of a wrong type.
    mutating func screened(
        _ value: JSONValue,
        _ shape: ValueShape,
        at path: String = "",
        in owner: String = ""
    ) throws(KubernetesError) -> JSONValue {
        if case .builtIn(let field, _, _) = shape { try check(value, field, at: path, in: owner) }
        switch value {
        case .object(let members): return .object(try screened(members, shape, at: path, in: owner))
        case .array(let elements):
            var screened: [JSONValue] = []
            let items = shape.items
            for (index, element) in elements.enumerated() {
                screened.append(try self.screened(element, items, at: "\(path)[\(index)]", in: owner))
            }
            return .array(screened)
        default: return value
        }
    }

    private mutating func screened(
        _ members: JSONObject,
        _ shape: ValueShape,
        at path: String,
        in owner: String
    ) throws(KubernetesError) -> JSONObject {
        var owner = owner
        if case .builtIn(.object(let name), _, _) = shape { owner = BuiltInTypes.shapes[name]?.shortName ?? "" }
        var known = JSONObject()
        for member in members {
            let place = path.isEmpty ? member.key : "\(path).\(member.key)"
            guard let inner = shape.member(member.key) else {
                unknown.append(place)
                continue
            }
            known[member.key] = try screened(member.value, inner, at: place, in: owner)
        }
        return known
    }

    private func check(
        _ value: JSONValue,
        _ shape: FieldShape,
        at path: String,
        in owner: String
    ) throws(KubernetesError) {
        guard !value.isNull else { return }
        guard shape.admits(value.typeName, isWhole: value.int != nil) else {
            let found: String =
                switch value {
                case .bool: "bool"
                case .number(let number) where number.int == nil: "number \(number.text)"
                default: value.typeName
                }
            let place = path.filter { $0 != "[" && $0 != "]" }
            throw refusal(
                "json: cannot unmarshal \(found) into Go struct field \(owner).\(place) of type \(shape.goName)"
            )
        }
        if shape == .microTime, let text = value.string { try check(microTime: text) }
    }

    /// A time of a Lease must have six digits behind the point.
    private func check(microTime text: String) throws(KubernetesError) {
        let fraction = text.dropFirst(19)
        let digits = fraction.dropFirst().prefix { $0.isNumber }
        guard fraction.first != "." || digits.count != 6 else { return }
        let form = "2006-01-02T15:04:05.000000Z07:00"
        throw refusal("parsing time \"\(text)\" as \"\(form)\": cannot parse \"\(fraction)\" as \".000000\"")
    }

    /// The 400 for the fields in `unknown`.
    var strictRefusal: KubernetesError {
        refusal("strict decoding error: " + unknown.map(Self.text).joined(separator: ", "))
    }

    /// `unknown field "spec.bogus"`.
    static func text(_ path: String) -> String { "unknown field \"\(path)\"" }

    private func refusal(_ problem: String) -> KubernetesError {
        .badRequest("\(kind) in version \"\(version)\" cannot be handled as a \(kind): \(problem)")
    }
}
