package import HTTPTypes

extension ServerResponse {
    /// An answer in plain text, sent as it is: a line ends where `text` says so.
    package static func text(
        _ text: String,
        status: HTTPResponse.Status = .ok,
        headerFields: HTTPFields = [:]
    ) -> ServerResponse {
        ServerResponse(
            status: status,
            contentType: "text/plain; charset=utf-8",
            headerFields: headerFields,
            body: .bytes(Array(text.utf8))
        )
    }
}
