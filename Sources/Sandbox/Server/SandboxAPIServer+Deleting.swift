import Admission
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// Deleting objects.
extension SandboxAPIServer {
    /// Deletes one object.
    func delete(_ call: APICall) async throws(KubernetesError) -> ServerResponse {
        let options = try deleteOptions(call)
        var last = call.stored(at: clock.now()).conflict(call.key.name)
        for _ in 0..<Self.attempts {
            let old = try cluster.current(call.key, call.stored(at: clock.now()))
            try checkPreconditions(options, old, call)
            do {
                let (rest, warnings) = try await delete(old, options, call, name: call.key.name)
                guard let rest else { return .json(Self.success(old, call)).adding(warnings: warnings) }
                let shown = try await versions.shown(rest, as: call.kind)
                return .json(shown).adding(warnings: warnings)
            } catch {
                guard error.isConflict else { throw error }
                last = error
            }
        }
        throw last
    }

    /// Deletes all objects that the call selects, one by one.
    func deleteCollection(_ call: APICall) async throws(KubernetesError) -> ServerResponse {
        let options = try deleteOptions(call)
        let selection = try ObjectSelection(call)
        let list = try cluster.listed(call.stored(at: clock.now()), in: call.path.namespace) { selection.contains($0) }
        var warnings: [String] = []
        for object in list.items {
            guard let current = cluster.object(call.type, object.key) else { continue }
            warnings += try await delete(current, options, call, name: "").warnings
        }
        let items = try await versions.shown(list.items, as: call.kind)
        let metadata: JSONValue = ["resourceVersion": .string(list.resourceVersion)]
        return .json(Self.list(items, metadata, call.kind)).adding(warnings: warnings)
    }

    private func delete(
        _ old: JSONValue,
        _ options: JSONValue,
        _ call: APICall,
        name: String
    ) async throws(KubernetesError) -> (rest: JSONValue?, warnings: [String]) {
        let attempt = AdmissionAttempt(
            operation: .delete,
            type: call.type,
            requestType: call.kind.custom?.type,
            key: ObjectKey(namespace: old.namespace, name: name),
            object: nil,
            oldObject: try await versions.raised(old, of: call.kind),
            user: call.user,
            options: options,
            isDryRun: call.isDryRun || options["dryRun"]?.array?.isEmpty == false
        )
        let warnings = try await admission.mutate(attempt).warnings + admission.validate(attempt)
        if attempt.isDryRun { return (nil, warnings) }
        return (try cluster.delete(old, try Self.policy(options), call.stored(at: clock.now())), warnings)
    }

    private static func policy(_ options: JSONValue) throws(KubernetesError) -> DeletionPolicy {
        switch options["propagationPolicy"]?.string {
        case nil: return options["orphanDependents"] == true ? .orphan : .background
        case "Background"?: return .background
        case "Foreground"?: return .foreground
        case "Orphan"?: return .orphan
        case let other?:
            let cause = FieldCause.unsupported(
                "propagationPolicy",
                .string(other),
                ["Foreground", "Background", "Orphan", "nil"]
            )
            throw .refusal(422, "Invalid", "DeleteOptions.meta.k8s.io \"\" is invalid: \(cause.text)")
        }
    }

    /// The DeleteOptions in the body, and what the query says in their place.
    private func deleteOptions(_ call: APICall) throws(KubernetesError) -> JSONValue {
        var options: JSONValue = .object(JSONObject())
        if !call.request.body.isEmpty {
            guard ["", "application/json", "application/yaml"].contains(call.mediaType) else {
                throw .unsupportedMediaType(accepted: ["application/json", "application/yaml"])
            }
            options = call.mediaType.hasSuffix("yaml") ? try call.yaml() : try call.json()
        }
        if let policy = call.query["propagationPolicy"] { options["propagationPolicy"] = .string(policy) }
        if let seconds = call.query["gracePeriodSeconds"].flatMap(Int.init) {
            options["gracePeriodSeconds"] = .number(JSONNumber(seconds))
        }
        return call.options("DeleteOptions", from: options)
    }

    private func checkPreconditions(
        _ options: JSONValue,
        _ object: JSONValue,
        _ call: APICall
    ) throws(KubernetesError) {
        let stored = call.stored(at: clock.now())
        let wanted = options["preconditions"]
        if let uid = wanted?["uid"]?.string, uid != object.uid {
            throw stored.unmet("UID", uid, object.uid, of: object)
        }
        if let version = wanted?["resourceVersion"]?.string, version != object.resourceVersion {
            throw stored.unmet("ResourceVersion", version, object.resourceVersion, of: object)
        }
    }

    private static func success(_ object: JSONValue, _ call: APICall) -> JSONValue {
        var details = call.type.details(name: object.name)
        details["uid"] = .string(object.uid)
        return [
            "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Success",
            "details": details,
        ]
    }
}
