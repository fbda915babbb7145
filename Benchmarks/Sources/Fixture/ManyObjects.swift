package import JSON
import Kubernetes
import Platform

/// Canaries and Deployments by the thousand, as they lie in a cluster.
package enum ManyObjects {
    /// `number` of the Canaries, promoted, as kubectl and a controller have written it: 1.6 KB of JSON, of which 0.5 say
    /// who owns which field.
    package static func canary(_ number: Int) throws -> JSONValue {
        var canary = try Fixture.canary("app-\(number)", namespace: namespace(number))
        canary[path: "metadata", "creationTimestamp"] = "2026-11-25T04:00:00Z"
        canary[path: "metadata", "managedFields"] = owners(of: canary["spec"], by: "kubectl-client-side-apply")
        canary[path: "status", "conditions"] = [
            [
                "type": "Promoted", "status": "True", "reason": "Succeeded",
                "message": "Canary analysis completed successfully, promotion finished.",
                "lastTransitionTime": "2026-11-25T04:10:00Z", "lastUpdateTime": "2026-11-25T04:10:00Z",
            ]
        ]
        canary[path: "status", "lastTransitionTime"] = "2026-11-25T04:10:00Z"
        return canary
    }

    /// `number` of the Deployments, made out of the one in the review: 5.0 KB.
    package static func deployment(_ number: Int, like review: JSONValue) -> JSONValue {
        var deployment = review[path: "request", "object"] ?? .null
        deployment[path: "metadata", "name"] = .string("app-\(number)")
        deployment[path: "metadata", "namespace"] = .string(namespace(number))
        deployment[path: "metadata", "resourceVersion"] = nil
        deployment[path: "metadata", "uid"] = .string("00000000-0000-4000-9000-\(100_000_000_000 + number)")
        deployment[path: "metadata", "managedFields"] = owners(of: deployment["spec"], by: "kubectl-client-side-apply")
        return deployment
    }

    /// The review's document.
    package static func review() throws -> JSONValue { try JSONValue(parsing: Fixture.review()) }

    /// One of two hundred.
    private static func namespace(_ number: Int) -> String { "team-\(number % 200)" }

    /// `managedFields` with every field of `spec`.
    private static func owners(of spec: JSONValue?, by manager: String) -> JSONValue {
        [
            [
                "manager": .string(manager), "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1",
                "time": "2026-11-25T04:00:00Z", "fieldsV1": ["f:spec": fields(spec ?? .null)],
            ]
        ]
    }

    private static func fields(_ value: JSONValue) -> JSONValue {
        guard let object = value.object else { return .object(JSONObject()) }
        var fields = JSONObject()
        for member in object { fields["f:\(member.key)"] = self.fields(member.value) }
        return .object(fields)
    }
}
