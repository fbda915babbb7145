import Admission
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// Creating objects.
extension SandboxAPIServer {
    /// Creates the object in the body.
    func create(_ call: APICall) async throws(KubernetesError) -> ServerResponse {
        try await create(call, try call.object())
    }

    /// Creates `object`: defaults, mutating admission, defaults again, checks, validating admission, storing.
    ///
    /// `isApplied` when it comes from an apply patch.
    func create(
        _ call: APICall,
        _ object: JSONValue,
        isApplied: Bool = false
    ) async throws(KubernetesError) -> ServerResponse {
        let stored = call.stored(at: clock.now())
        try checkNamespace(call)
        let intake = WriteIntake(call: call, time: stored.time)
        let (sent, unknown) = try intake.creating(fresh(object, call), isApplied: isApplied)
        let proposed = call.kind.completed(try await versions.stored(sent, from: call.kind))
        let named = ObjectKey(namespace: call.path.namespace, name: proposed.name)
        var attempt = AdmissionAttempt(
            operation: .create,
            type: call.type,
            requestType: call.kind.custom?.type,
            key: named,
            object: proposed,
            oldObject: nil,
            user: call.user,
            options: call.options("CreateOptions"),
            isDryRun: call.isDryRun
        )
        let (mutated, told) = try await admission.mutate(attempt)
        let warnings = unknown + told
        let prepared: JSONValue
        let more: [String]
        do {
            let completed = call.kind.completed(mutated ?? proposed)
            try call.kind.check(completed)
            prepared = try cluster.prepared(creating: completed, namespace: call.path.namespace, stored)
            attempt.object = prepared
            attempt.key = prepared.key
            more = try await admission.validate(attempt)
        } catch { return error.answer.adding(warnings: warnings) }
        let created = call.isDryRun ? prepared : try cluster.insert(prepared, stored)
        let shown = try await versions.shown(created, as: call.kind)
        return .json(shown, status: .created).adding(warnings: warnings + more)
    }

    /// `object` without what only the server writes, in the namespace of the path.
    private func fresh(_ object: JSONValue, _ call: APICall) -> JSONValue {
        var object = object
        for field in ["uid", "creationTimestamp", "deletionTimestamp", "selfLink", "managedFields"] {
            object[path: "metadata", field] = nil
        }
        if let namespace = call.path.namespace, object.namespace == nil {
            object[path: "metadata", "namespace"] = .string(namespace)
        }
        return object
    }

    /// Refuses what would be created in a namespace that is not there, or on its way out.
    private func checkNamespace(_ call: APICall) throws(KubernetesError) {
        guard let name = call.path.namespace else { return }
        guard let namespace = cluster.object(.namespaces, nil, name) else {
            throw .notFound(call.type.operation("create", call.key), .namespaces, name)
        }
        guard namespace[path: "metadata", "deletionTimestamp"] == nil else {
            let problem = "unable to create new content in namespace \(name) because it is being terminated"
            throw .refusal(403, "Forbidden", "\(call.type.qualifiedPlural) is forbidden: \(problem)")
        }
    }
}
