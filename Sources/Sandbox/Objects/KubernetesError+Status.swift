import JSON
package import Kubernetes

/// The answers of an API server that refuses a write.
extension KubernetesError {
    /// The answer with `code`, whose Status says all of it; an empty reason and missing details are left out.
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

    /// 422 for an object of `type` that is named `name`: `Canary.flagger.app "podinfo" is invalid: spec: …`, and a cause
    /// for each fault, of which there is at least one.
    ///
    /// `operation` is what was attempted, as in `KubernetesError.operation`.
    package static func invalid(
        _ operation: String,
        _ type: ResourceType,
        name: String,
        causes: [FieldCause]
    ) -> KubernetesError {
        let texts = causes.map(\.text)
        let list = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
        let kind = type.group.isEmpty ? type.kind : "\(type.kind).\(type.group)"
        var details: JSONValue = ["name": .string(name)]
        if !type.group.isEmpty { details["group"] = .string(type.group) }
        details["kind"] = .string(type.kind)
        details["causes"] = .array(
            causes.map { cause in
                ["reason": .string(cause.reason), "message": .string(cause.message), "field": .string(cause.field)]
            }
        )
        return answer(
            operation,
            code: 422,
            reason: "Invalid",
            "\(kind) \"\(name)\" is invalid: \(list)",
            details: details
        )
    }

    /// 500: `Internal error occurred: ` and `problem`.
    static func internalError(_ operation: String, _ problem: String) -> KubernetesError {
        .answer(
            operation,
            code: 500,
            reason: "InternalError",
            "Internal error occurred: \(problem)",
            details: ["causes": [["message": .string(problem)]]]
        )
    }
}
