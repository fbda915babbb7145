import Admission
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// Updating and patching objects.
extension SandboxAPIServer {
    /// How often a change or a deletion is tried while others change the object: five times after the first, as the real server.
    static let attempts = 6

    /// What one attempt came to.
    private enum Outcome {
        case answered(ServerResponse)
        /// Somebody else was faster.
        case overtaken(KubernetesError)
    }

    /// What a call makes of an object.
    private enum Change {
        case replacement(JSONValue)
        case patch(ObjectPatch)
    }

    /// Replaces the object by the one in the body.
    func update(_ call: APICall) async throws(KubernetesError) -> ServerResponse {
        try await change(call, .replacement(try call.object()))
    }

    /// Patches the object with the patch in the body.
    func patch(_ call: APICall) async throws(KubernetesError) -> ServerResponse {
        let patch = try ObjectPatch(call)
        guard case .apply(let object) = patch else { return try await change(call, .patch(patch)) }
        guard call.query["fieldManager"]?.isEmpty == false else {
            let problem = "fieldManager: Required value: is required for apply patch"
            throw .refusal(422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: \(problem)")
        }
        guard call.path.subresource == nil, cluster.object(call.type, call.key) == nil else {
            return try await change(call, .patch(patch))
        }
        try rules.check(call.access(.create), by: call.user)
        var new = object
        new[path: "metadata", "name"] = .string(call.key.name)
        return try await create(call, new, isApplied: true)
    }

    /// Changes the object, or its subresource; tried again when it changes meanwhile.
    private func change(_ call: APICall, _ change: Change) async throws(KubernetesError) -> ServerResponse {
        var last = call.stored(at: clock.now()).conflict(call.key.name)
        for _ in 0..<Self.attempts {
            switch try await changeOnce(call, change) {
            case .answered(let answer): return answer
            case .overtaken(let error): last = error
            }
        }
        throw last
    }

    private func changeOnce(_ call: APICall, _ change: Change) async throws(KubernetesError) -> Outcome {
        let stored = call.stored(at: clock.now())
        let subresource = call.path.subresource
        let intake = WriteIntake(call: call, time: stored.time)
        let old = try await versions.raised(try cluster.current(call.key, stored), of: call.kind)
        let reviewed = { (object: JSONValue) in
            subresource == "scale" ? ClusterState.scale(of: object, call.kind.scalePaths) : object
        }
        var (proposed, unknown) = try self.proposed(change, try await view(old, call), intake)
        if subresource != "scale" { proposed = try await versions.stored(proposed, from: call.kind) }
        if subresource == nil { proposed = call.kind.completed(proposed) }
        var attempt = attempt(call, object: proposed, oldObject: reviewed(old))
        let (mutated, told) = try await admission.mutate(attempt)
        let warnings = unknown + told
        var prepared: JSONValue
        let more: [String]
        do {
            let completed = subresource == nil ? call.kind.completed(mutated ?? proposed) : mutated ?? proposed
            prepared = try cluster.prepared(changing: old, to: completed, subresource: subresource, stored)
            if subresource == "scale" { prepared = intake.scaled(prepared, from: old) }
            try call.kind.check(prepared, replacing: old)
            attempt.object = reviewed(prepared)
            more = try await admission.validate(attempt)
        } catch {
            return .answered(error.answer.adding(warnings: warnings))
        }
        var new = prepared
        if !call.isDryRun {
            do { new = try cluster.commit(prepared, over: old, subresource: subresource, stored) } catch {
                guard error.isConflict else { throw error }
                return .overtaken(error)
            }
        }
        return .answered(.json(try await view(new, call)).adding(warnings: warnings + more))
    }

    /// What `change` makes of `old`, as the client of the call sees it, and what the client is warned of.
    private func proposed(
        _ change: Change,
        _ old: JSONValue,
        _ intake: WriteIntake
    ) throws(KubernetesError) -> (JSONValue, warnings: [String]) {
        let call = intake.call
        let raw: JSONValue
        switch change {
        case .replacement(let object): raw = object
        case .patch(.apply(let object)) where call.path.subresource != "scale":
            return (try intake.applying(object, to: old), [])
        case .patch(let patch): raw = try patch.applied(to: old, call)
        }
        let identified = try call.identified(raw)
        guard call.path.subresource != "scale" else { return (identified, []) }
        return try intake.changing(old, to: call.path.subresource == nil ? kept(identified, from: old) : identified)
    }

    /// What the client of `call` sees of `object`.
    private func view(_ object: JSONValue, _ call: APICall) async throws(KubernetesError) -> JSONValue {
        if call.path.subresource == "scale" { return ClusterState.scale(of: object, call.kind.scalePaths) }
        return try await versions.shown(object, as: call.kind)
    }

    private func attempt(_ call: APICall, object: JSONValue, oldObject: JSONValue) -> AdmissionAttempt {
        AdmissionAttempt(
            operation: .update,
            type: call.type,
            requestType: call.kind.custom?.type,
            key: call.key,
            subresource: call.path.subresource,
            object: object,
            oldObject: oldObject,
            user: call.user,
            options: call.options("UpdateOptions"),
            isDryRun: call.isDryRun
        )
    }

    /// `proposed` with what only the server writes, where a manifest that replaces the object leaves it out.
    private func kept(_ proposed: JSONValue, from old: JSONValue) -> JSONValue {
        var proposed = proposed
        if let namespace = old.namespace, proposed.namespace == nil {
            proposed[path: "metadata", "namespace"] = .string(namespace)
        }
        guard old["kind"] == "Service", proposed[path: "spec", "type"]?.string != "ExternalName" else {
            return proposed
        }
        for field in ["clusterIP", "clusterIPs"] where proposed[path: "spec", field] == nil {
            proposed[path: "spec", field] = old[path: "spec", field]
        }
        return proposed
    }
}
