import JSON
import Kubernetes
import Platform

/// One call in progress: what its errors name, and when it happens.
struct ClusterCall {
    let operation: String
    let type: ResourceType
    let time: Timestamp
    /// Whether it is a PUT.
    var isUpdate = false
    /// Whether the kind keeps its status apart, where its definition says so.
    var declaresStatus: Bool?

    /// Whether the kind comes from a CustomResourceDefinition.
    var isCustom: Bool { type.group.contains(".") && !type.group.hasSuffix(".k8s.io") }

    /// Whether the kind keeps its status apart.
    var hasStatus: Bool {
        declaresStatus
            ?? ![
                "configmaps", "secrets", "events", "endpoints", "serviceaccounts", "controllerrevisions", "leases",
                "validatingwebhookconfigurations", "mutatingwebhookconfigurations",
            ]
            .contains(type.plural)
    }

    /// Whether the kind has the subresource `scale`.
    var hasScale: Bool {
        type.group == "apps" && ["deployments", "replicasets", "statefulsets"].contains(type.plural)
    }

    func notFound(_ name: String) -> KubernetesError {
        failure(404, "NotFound", "\(type.qualifiedPlural) \"\(name)\" not found", name: name)
    }

    func alreadyExists(_ name: String) -> KubernetesError {
        failure(409, "AlreadyExists", "\(type.qualifiedPlural) \"\(name)\" already exists", name: name)
    }

    func conflict(_ name: String, _ problem: String? = nil) -> KubernetesError {
        let problem =
            problem ?? "the object has been modified; please apply your changes to the latest version and try again"
        return failure(
            409,
            "Conflict",
            "Operation cannot be fulfilled on \(type.qualifiedPlural) \"\(name)\": \(problem)",
            name: name
        )
    }

    func invalid(_ name: String, field: String, reason: String, _ problem: String) -> KubernetesError {
        let kind = type.group.isEmpty ? type.kind : "\(type.kind).\(type.group)"
        return failure(
            422,
            "Invalid",
            "\(kind) \"\(name)\" is invalid: \(field): \(problem)",
            name: name,
            causes: [["reason": .string(reason), "message": .string(problem), "field": .string(field)]]
        )
    }

    /// The answer to a path that the server does not have.
    func notServed() -> KubernetesError {
        failure(404, "NotFound", "the server could not find the requested resource")
    }

    func failure(
        _ code: Int,
        _ reason: String,
        _ message: String,
        name: String? = nil,
        causes: [JSONValue] = []
    ) -> KubernetesError {
        var details: JSONValue = .object(JSONObject())
        if let name { details["name"] = .string(name) }
        if !type.group.isEmpty { details["group"] = .string(type.group) }
        details["kind"] = .string(reason == "Invalid" ? type.kind : type.plural)
        if !causes.isEmpty { details["causes"] = .array(causes) }
        let status: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Failure",
            "message": .string(message), "reason": .string(reason), "details": details,
            "code": .number(JSONNumber(code)),
        ]
        return KubernetesError(operation: operation, code: code, reason: reason, message: message, status: status)
    }

    /// `object` after `patch`, with the answer of the real server to one that does not apply.
    func applying(_ patch: Patch, to object: JSONValue) throws(KubernetesError) -> JSONValue {
        switch patch {
        case .merge(let changes): return object.merging(changes)
        case .json(let changes):
            do {
                return try changes.applied(to: object)
            } catch {
                throw failure(
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request",
                    name: object.name,
                    causes: [["message": .string(error.description)]]
                )
            }
        }
    }
}
