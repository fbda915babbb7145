package import HTTP
package import HTTPTypes
import JSON

/// Answers to what is no review: a `v1 Status`, whose message the API server shows to the user.
package enum StatusResponse {
    /// An answer of `status` that says `message`.
    package static func make(
        _ status: HTTPResponse.Status,
        reason: String,
        message: String,
        headerFields: HTTPFields = [:]
    ) -> ServerResponse {
        let body: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message),
            "reason": .string(reason), "code": .number(JSONNumber(status.code)),
        ]
        return ServerResponse(
            status: status,
            contentType: "application/json",
            headerFields: headerFields,
            body: .bytes(body.serialized)
        )
    }
}
