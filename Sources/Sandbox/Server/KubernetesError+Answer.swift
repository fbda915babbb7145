import HTTP
import HTTPTypes
import JSON
import Kubernetes

extension KubernetesError {
    /// A refusal by the server itself, with the Status that says so.
    static func refusal(
        _ code: Int,
        _ reason: String,
        _ message: String,
        details: JSONValue = .object(JSONObject())
    ) -> KubernetesError {
        let status: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Failure",
            "message": .string(message), "reason": .string(reason), "details": details,
            "code": .number(JSONNumber(code)),
        ]
        return KubernetesError(operation: "answer", code: code, reason: reason, message: message, status: status)
    }

    static func badRequest(_ message: String) -> KubernetesError { refusal(400, "BadRequest", message) }

    /// The answer to a path of a group that has no such resource.
    static var notServed: KubernetesError {
        refusal(404, "NotFound", "the server could not find the requested resource")
    }

    static var methodNotAllowed: KubernetesError {
        refusal(405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
    }

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
        // A refusal without a code of its own (nobody answered) is the server's fault.
        return .json(body, status: code >= 400 ? code : 500, headerFields: fields).adding(warnings: warnings)
    }
}

extension ServerResponse {
    /// `value` as JSON with the newline that the API server ends it with.
    static func json(
        _ value: JSONValue,
        status: Int = 200,
        contentType: String = "application/json",
        headerFields: HTTPFields = [:]
    ) -> ServerResponse {
        ServerResponse(
            status: HTTPResponse.Status(code: status),
            contentType: contentType,
            headerFields: headerFields,
            body: .bytes(value.serialized + [UInt8(ascii: "\n")])
        )
    }

    /// One line of plain text.
    static func text(_ text: String, status: Int = 200) -> ServerResponse {
        ServerResponse(
            status: HTTPResponse.Status(code: status),
            contentType: "text/plain; charset=utf-8",
            body: .bytes(Array(text.utf8))
        )
    }

    /// The answer with `warnings` in its header.
    func adding(warnings: [String]) -> ServerResponse {
        guard let name = HTTPField.Name("Warning") else { return self }
        var answer = self
        for value in WarningHeader.values(warnings) {
            answer.head.headerFields.append(HTTPField(name: name, value: value))
        }
        return answer
    }
}
