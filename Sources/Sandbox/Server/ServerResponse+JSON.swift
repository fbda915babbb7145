import HTTP
import HTTPTypes
import JSON

extension ServerResponse {
    /// `value` as JSON with the newline that the API server ends it with.
    static func json(
        _ value: JSONValue,
        status: HTTPResponse.Status = .ok,
        headerFields: HTTPFields = [:]
    ) -> ServerResponse {
        ServerResponse(
            status: status,
            contentType: "application/json",
            headerFields: headerFields,
            body: .bytes(value.serialized + [UInt8(ascii: "\n")])
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
