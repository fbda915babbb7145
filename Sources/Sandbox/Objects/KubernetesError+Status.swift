import JSON
package import Kubernetes

/// The answers of an API server that refuses a call: the only place where a Status is put together.
extension KubernetesError {
    /// The answer with `code`, whose Status says all of it; an empty reason is left out.
    ///
    /// `operation` is what was attempted, as in `KubernetesError.operation`.
    static func answer(
        _ operation: String,
        code: Int,
        reason: String,
        _ message: String,
        details: JSONValue? = nil
    ) -> KubernetesError {
        var status: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Failure",
            "message": .string(message),
        ]
        if !reason.isEmpty { status["reason"] = .string(reason) }
        status["details"] = details
        status["code"] = .number(JSONNumber(code))
        return KubernetesError(operation: operation, code: code, reason: reason, message: message, status: status)
    }

    /// 404 for the object `name` of `type`: `namespaces "test" not found`.
    static func notFound(_ operation: String, _ type: ResourceType, _ name: String) -> KubernetesError {
        let problem = "\(type.qualifiedPlural) \"\(name)\" not found"
        return answer(operation, code: 404, reason: "NotFound", problem, details: type.details(name: name))
    }

    /// 422 for an object of `type` that is named `name`: `Canary.flagger.app "podinfo" is invalid: spec: …`, and a cause
    /// for each fault, of which there is at least one.
    package static func invalid(
        _ operation: String,
        _ type: ResourceType,
        name: String,
        causes: [FieldCause]
    ) -> KubernetesError {
        let texts = causes.map(\.text)
        let list = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
        let kind = type.group.isEmpty ? type.kind : "\(type.kind).\(type.group)"
        var details = type.details(name: name, kind: type.kind)
        details["causes"] = .array(
            causes.map { cause in
                ["reason": .string(cause.reason), "message": .string(cause.message), "field": .string(cause.field)]
            }
        )
        let message = "\(kind) \"\(name)\" is invalid: \(list)"
        return answer(operation, code: 422, reason: "Invalid", message, details: details)
    }

    /// 422 for a JSON patch that does not apply; the real server does not say why either.
    static func inapplicable(_ operation: String) -> KubernetesError {
        let message = "the server rejected our request due to an error in our request"
        return answer(operation, code: 422, reason: "Invalid", message, details: .object(JSONObject()))
    }

    /// 500: `Internal error occurred: ` and `problem`.
    static func internalError(_ operation: String, _ problem: String) -> KubernetesError {
        let message = "Internal error occurred: \(problem)"
        return answer(operation, code: 500, reason: "InternalError", message, details: causes(problem))
    }

    private static func causes(_ problem: String) -> JSONValue { ["causes": [["message": .string(problem)]]] }
}

extension ResourceType {
    /// The type with its plural for a kind, as some refusals name it.
    var namedByPlural: ResourceType {
        ResourceType(group: group, version: version, plural: plural, kind: plural, isNamespaced: isNamespaced)
    }

    /// The `details` of a Status about the object `name`, whose kind is the plural unless it is given.
    func details(name: String?, kind: String? = nil) -> JSONValue {
        var details: JSONValue = .object(JSONObject())
        if let name, !name.isEmpty { details["name"] = .string(name) }
        if !group.isEmpty { details["group"] = .string(group) }
        details["kind"] = .string(kind ?? plural)
        return details
    }
}
