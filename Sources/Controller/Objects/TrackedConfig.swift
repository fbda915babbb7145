import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// A ConfigMap or Secret that the target's pods read, and the primary's copy of it.
///
/// The copy is made with the primary and changes at a promotion alone, so that what is in it has been tested. Two
/// Canaries that read the same object have a copy each: the one that comes first has Flagger's name for it.
struct TrackedConfig {
    /// The target's.
    let name: ConfigName
    /// The target's object, perhaps reduced; nil when it is not there.
    let source: JSONValue?
    /// The name of the primary's copy.
    let copyName: String
    /// The primary's copy, perhaps reduced; nil when it is not there.
    let copy: JSONValue?

    /// How the copy compares with the target's object as it is now.
    func state(for canary: Canary) -> ObjectState {
        guard let copy else { return source == nil ? .current : .missing }
        if let owner = Ownership.foreign(copy, to: canary) {
            return .foreign("\(name.kind.rawValue) \(copyName).\(canary.namespace) is \(owner)")
        }
        guard let source else { return .differs }
        return ReducedConfig.holdTheSame(copy, source) ? .current : .differs
    }

    /// The object to create as the copy; `source` is whole.
    func made(of source: JSONValue, for canary: Canary, _ settings: CopySettings) -> JSONValue {
        var object = Self.content(source)
        object["apiVersion"] = "v1"
        object["kind"] = .string(name.kind.rawValue)
        object["metadata"] = CopyMetadata.make(copyName, of: source, for: canary, settings)
        return object
    }

    /// `copy` with what is in `source`; both are whole.
    static func given(_ copy: JSONValue, _ source: JSONValue, _ settings: CopySettings) -> JSONValue {
        var given = content(source)
        for field in ["apiVersion", "kind", "metadata"] { given[field] = copy[field] }
        return CopyMetadata.refreshed(given, from: source, settings)
    }

    /// What is in a whole ConfigMap or Secret: `data`, `binaryData`, `type`, `immutable` and whatever else there is.
    static func content(_ object: JSONValue) -> JSONValue {
        var content = JSONObject()
        for member in object.object ?? JSONObject() where !["apiVersion", "kind", "metadata"].contains(member.key) {
            content[member.key] = member.value.isNull ? nil : member.value
        }
        return .object(content)
    }
}

extension [TrackedConfig] {
    /// The names of the copies.
    var copyNames: [ConfigName: String] {
        Dictionary(map { ($0.name, $0.copyName) }) { first, _ in first }
    }

    /// The worst of their states; nil when there is none.
    func state(for canary: Canary) -> ObjectState? {
        let states = map { $0.state(for: canary) }
        for state in states { if case .foreign = state { return state } }
        return states.first { $0 == .missing } ?? states.first { $0 == .differs } ?? states.first
    }
}
