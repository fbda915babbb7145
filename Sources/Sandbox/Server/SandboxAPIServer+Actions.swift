import Admission
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// Subresources whose creation does something.
extension SandboxAPIServer {
    /// Issues a token, or evicts a pod.
    func act(_ call: APICall) async throws(KubernetesError) -> ServerResponse {
        guard let action = SubresourceAction(rawValue: call.path.subresource ?? "") else { throw .notServed }
        let (group, version, kind) = action.body
        let type = ResourceType(group: group, version: version, plural: "", kind: kind)
        let request = APICall(
            verb: .create,
            kind: ServedKind(type),
            path: call.path,
            query: call.query,
            user: call.user,
            request: call.request
        )
        let body = try request.object()
        let object = try cluster.current(call.key, call.stored(at: clock.now()))
        switch action {
        case .token: return .json(try tokens.issue(body, for: object), status: .created)
        case .eviction: return try evict(object, call)
        }
    }

    /// Removes `pod`, unless a budget has no room for that.
    private func evict(_ pod: JSONValue, _ call: APICall) throws(KubernetesError) -> ServerResponse {
        for budget in cluster.objects(.podDisruptionBudgets) where budget.namespace == pod.namespace {
            guard let selector = budget[path: "spec", "selector"].flatMap({ LabelSelector(object: $0) }),
                selector.matches(pod.labels), budget.count("status", "disruptionsAllowed") == 0
            else { continue }
            let needed = budget.count("status", "desiredHealthy")
            let healthy = budget.count("status", "currentHealthy")
            let cause: JSONValue = [
                "reason": "DisruptionBudget",
                "message": .string(
                    "The disruption budget \(budget.name) needs \(needed) healthy pods and has \(healthy) currently"
                ),
            ]
            let message = "Cannot evict pod as it would violate the pod's disruption budget."
            throw .refusal(429, "TooManyRequests", message, details: ["causes": [cause]])
        }
        if !call.isDryRun { _ = try cluster.delete(pod, .background, call.stored(at: clock.now())) }
        let status: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Success", "code": 201,
        ]
        return .json(status, status: .created)
    }
}
