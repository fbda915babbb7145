import HTTP
import JSON

extension KubernetesError {
    /// What an answer other than 2xx says: its Status object, or what can be told from code and text.
    init(operation: String, code: Int, body: [UInt8]) {
        do {
            let status = try JSONValue(parsing: body)
            if status["kind"]?.string == "Status" {
                self.init(operation: operation, code: code, status: status)
                return
            }
        } catch {
            // A text of a proxy or of the path router; it is told as it is below.
        }
        let text = String(decoding: body.prefix(200), as: UTF8.self)
        let line = text.prefix { !$0.isNewline }
        // The router answers plain text for a path it does not have; clients know it by this message.
        let message = code == 404 ? "the server could not find the requested resource" : String(line)
        self.init(
            operation: operation,
            code: code,
            reason: Self.reasons[code] ?? "",
            message: message.isEmpty ? "the server answered without a message" : message
        )
    }

    /// What a Status object says; `code` counts where it names none.
    init(operation: String, code: Int, status: JSONValue) {
        let code = status["code"]?.int ?? code
        let message = status["message"]?.string ?? ""
        self.init(
            operation: operation,
            code: code,
            reason: status["reason"]?.string ?? Self.reasons[code] ?? "",
            message: message.isEmpty ? "the server answered without a message" : message,
            status: status
        )
    }

    /// A call that got no answer, or none that can be read.
    init(operation: String, cause: any Error) {
        if let error = cause as? HTTPError, error.code == .bodyTooLarge {
            self.init(operation: operation, code: 0, reason: Self.tooLarge, message: "\(error)")
            return
        }
        let message = cause is CancellationError ? "cancelled" : "\(cause)"
        self.init(operation: operation, code: 0, reason: "", message: message)
    }

    /// The reason of an answer that is larger than we read.
    static let tooLarge = "AnswerTooLarge"

    /// The reasons that the API server gives for its codes.
    private static let reasons: [Int: String] = [
        400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed",
        406: "NotAcceptable", 409: "Conflict", 410: "Expired", 413: "RequestEntityTooLarge",
        415: "UnsupportedMediaType", 422: "Invalid", 429: "TooManyRequests", 500: "InternalError",
        503: "ServiceUnavailable", 504: "Timeout",
    ]
}
