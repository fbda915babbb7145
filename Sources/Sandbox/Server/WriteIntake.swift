import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// What becomes of an object between a client and admission: its fields are held against the types of its kind, its
/// defaults are filled in, and it is noted who owns which of its fields.
struct WriteIntake {
    let call: APICall
    let time: Timestamp

    private var shape: ValueShape { ValueShape(call.kind) }

    /// `object` as it is to be created, and what the client is warned of.
    ///
    /// - Throws: the 400 of fields that are unknown or of a wrong type.
    func creating(_ object: JSONValue, isApplied: Bool) throws(KubernetesError) -> (JSONValue, warnings: [String]) {
        if isApplied {
            let applied = try declared(object)
            var ownership = FieldOwnership()
            let fields = owned(applied)
            _ = try ownership.apply(fields, to: fields, shape, by: manager(isApplier: true), isForced: true, at: time)
            return (noted(call.kind.shown(completing: applied), ownership), [])
        }
        let (screened, warnings) = try screened(object)
        let completed = call.kind.shown(completing: screened)
        var ownership = FieldOwnership()
        ownership.update(from: skeleton, to: owned(completed), shape, by: manager(), at: time)
        return (noted(completed, ownership), warnings)
    }

    /// `proposed`, which is to take the place of `old`, and what the client is warned of.
    ///
    /// - Throws: the 400 of fields that are unknown or of a wrong type.
    func changing(
        _ old: JSONValue,
        to proposed: JSONValue
    ) throws(KubernetesError) -> (JSONValue, warnings: [String]) {
        let (screened, warnings) = try screened(proposed)
        let completed = call.kind.shown(completing: screened)
        guard var ownership = self.ownership(old, proposed) else {
            return (noted(completed, FieldOwnership()), warnings)
        }
        let before = skeleton.merging(owned(old))
        ownership.update(from: before, to: skeleton.merging(owned(completed)), shape, by: manager(), at: time)
        return (noted(completed, ownership), warnings)
    }

    /// `old` once `applied` has been applied to it.
    ///
    /// - Throws: the 500 of fields that are not declared, the 409 of those that others own.
    func applying(_ applied: JSONValue, to old: JSONValue) throws(KubernetesError) -> JSONValue {
        var fields = owned(try declared(applied))
        if let kind = applied["kind"], let version = applied["apiVersion"] {
            try check(kind, version)
        }
        if call.path.subresource == "status" { fields = ["status": fields["status"] ?? .null] }
        var ownership = FieldOwnership(of: old)
        let live = owned(old)
        if ownership.isEmpty {
            ownership.noteBeforeFirstApply(live, shape, apiVersion: call.kind.shownType.apiVersion, at: time)
        }
        let isForced = ["1", "true"].contains(call.query["force"] ?? "")
        let merged = try ownership.apply(
            fields,
            to: live,
            shape,
            by: manager(isApplier: true),
            isForced: isForced,
            at: time
        )
        return noted(call.kind.shown(completing: restored(merged, from: old)), ownership)
    }

    /// `object`, whose replicas were set through its subresource `scale`, once that is noted.
    func scaled(_ object: JSONValue, from old: JSONValue) -> JSONValue {
        guard var ownership = self.ownership(old, old) else { return object }
        ownership.update(from: owned(old), to: owned(object), shape, by: manager(), at: time)
        return noted(object, ownership)
    }

    // MARK: Fields

    private func screened(_ object: JSONValue) throws(KubernetesError) -> (JSONValue, [String]) {
        let validation = try FieldValidation(call)
        var screen = FieldScreen(call.kind.shownType)
        let screened = try screen.screened(object, shape)
        guard !screen.unknown.isEmpty, validation != .ignore else { return (screened, []) }
        guard validation == .warn else { throw screen.strictRefusal }
        return (screened, screen.unknown.map(FieldScreen.text))
    }

    /// `applied`, all of whose fields are declared.
    private func declared(_ applied: JSONValue) throws(KubernetesError) -> JSONValue {
        var screen = FieldScreen(call.kind.shownType)
        let screened = try screen.screened(applied, shape)
        guard !screen.unknown.isEmpty else { return screened }
        let texts = screen.unknown.map { ".\($0): field not declared in schema" }
        let list = texts.count == 1 ? texts[0] : "errors:\n" + texts.map { "  \($0)" }.joined(separator: "\n")
        let type = call.kind.shownType
        let object =
            "\(applied.namespace ?? "")/\(applied.name); \(type.group)/\(type.version), Kind=\(type.kind)"
        throw .refusal(500, "", "failed to create typed patch object (\(object)): \(list)")
    }

    private func check(_ kind: JSONValue, _ version: JSONValue) throws(KubernetesError) {
        let type = call.kind.shownType
        guard kind.string != type.kind || version.string != type.apiVersion else { return }
        let problem = "the kind in the data (\(kind.string ?? "")) does not match the expected kind (\(type.kind))"
        throw .badRequest(problem)
    }

    // MARK: Owners

    /// Who owns what of `old`, or of `proposed` where a client has written that itself; nil where it is not tracked.
    private func ownership(_ old: JSONValue, _ proposed: JSONValue) -> FieldOwnership? {
        let sent = proposed[path: "metadata", "managedFields"]?.array ?? []
        if sent == [.object(JSONObject())] { return FieldOwnership() }
        let written = FieldOwnership(of: proposed)
        let tracked = written.isEmpty ? FieldOwnership(of: old) : written
        // An object of which nobody owns anything is not tracked before somebody applies something to it.
        return tracked.isEmpty ? nil : tracked
    }

    private func noted(_ object: JSONValue, _ ownership: FieldOwnership) -> JSONValue {
        var object = object
        object[path: "metadata", "managedFields"] = ownership.value
        return object
    }

    private func manager(isApplier: Bool = false) -> FieldManager {
        let agent = call.header(.userAgent) ?? "unknown"
        let named = call.query["fieldManager"] ?? ""
        return FieldManager(
            name: named.isEmpty ? String(agent.prefix { $0 != "/" }.prefix(128)) : named,
            isApplier: isApplier,
            apiVersion: call.kind.shownType.apiVersion,
            subresource: call.path.subresource ?? ""
        )
    }

    /// Of `object` what can be owned: not its identity, nor what the server hands out; of the status only through its
    /// subresource.
    private func owned(_ object: JSONValue) -> JSONValue {
        var owned = object
        for field in ["apiVersion", "kind"] { owned[field] = nil }
        for field in Self.unowned { owned[path: "metadata", field] = nil }
        if owned["metadata"]?.object?.isEmpty == true { owned["metadata"] = nil }
        if call.kind.hasStatus, call.path.subresource == nil { owned["status"] = nil }
        return owned
    }

    private static let unowned = [
        "name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion",
        "deletionTimestamp", "deletionGracePeriodSeconds",
    ]

    /// `merged` with what of `old` nobody can own.
    private func restored(_ merged: JSONValue, from old: JSONValue) -> JSONValue {
        var object = merged
        for field in ["apiVersion", "kind"] { object[field] = old[field] }
        for field in Self.unowned { object[path: "metadata", field] = old[path: "metadata", field] }
        if call.kind.hasStatus, call.path.subresource == nil { object["status"] = old["status"] }
        return object
    }

    /// What every object of a built-in kind has in Go, so that nobody is taken to have added it.
    private var skeleton: JSONValue {
        var skeleton: JSONValue = ["metadata": .object(JSONObject())]
        guard !call.kind.isCustom else { return skeleton }
        for field in ["spec", "status"] { skeleton[field] = .object(JSONObject()) }
        guard call.type.group == "apps" else { return skeleton }
        for field in ["strategy", "updateStrategy"] { skeleton[path: "spec", field] = .object(JSONObject()) }
        skeleton[path: "spec", "template"] = [
            "metadata": .object(JSONObject()), "spec": ["containers": .array([])],
        ]
        return skeleton
    }
}
