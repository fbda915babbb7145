import HTTP
import HTTPTypes
import JSON
import Kubernetes

/// Refusals by the server itself, and how they go over HTTP.
extension KubernetesError {
    /// A refusal that is about no object in particular.
    static func refusal(
        _ code: Int,
        _ reason: String,
        _ message: String,
        details: JSONValue? = nil
    ) -> KubernetesError {
        answer("answer", code: code, reason: reason, message, details: details)
    }

    /// 400.
    static func badRequest(_ message: String) -> KubernetesError { refusal(400, "BadRequest", message) }

    /// The answer to a path of a group that has no such resource.
    static var notServed: KubernetesError {
        refusal(
            404,
            "NotFound",
            "the server could not find the requested resource",
            details: .object(JSONObject())
        )
    }

    /// The answer to a verb that a resource does not know.
    static var methodNotAllowed: KubernetesError {
        refusal(
            405,
            "MethodNotAllowed",
            "the server does not allow this method on the requested resource",
            details: .object(JSONObject())
        )
    }

    /// The answer to a body in none of the forms in `accepted`.
    static func unsupportedMediaType(accepted: [String]) -> KubernetesError {
        let list = accepted.joined(separator: ", ")
        return refusal(
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: \(list)"
        )
    }

    /// The Status object for the client.
    var body: JSONValue { status ?? Self.refusal(code, reason, message).status ?? .null }

    /// The HTTP answer that carries the Status, and the warnings of the webhooks that were asked before.
    var answer: ServerResponse {
        var fields: HTTPFields = [:]
        if let seconds = body[path: "details", "retryAfterSeconds"]?.int, seconds > 0 {
            fields[.retryAfter] = String(seconds)
        }
        // A refusal without a code of its own (nobody answered) is the server's fault, and so is one with a code that
        // HTTP does not have, which a webhook may have made up.
        let status = (400...599).contains(code) ? HTTPResponse.Status(code: code) : .internalServerError
        return .json(body, status: status, headerFields: fields).adding(warnings: warnings)
    }
}
