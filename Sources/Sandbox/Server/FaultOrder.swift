import HTTP
import HTTPTypes
import Kubernetes

/// A fault that a request asks for itself, in the header `Sandbox-Fault`, to see what its client makes of it:
/// `429; retry-after=1`, `503`, `delay=2`, `500; delay=1`.
struct FaultOrder: Hashable, Sendable {
    /// The answer's code; nil where the request is only held up.
    private(set) var code: Int?
    /// Seconds in `Retry-After`.
    private(set) var retryAfter: Int?
    /// Seconds before anything is done.
    private(set) var delay: Int?

    /// What `request` asks for; nil when it asks for nothing.
    ///
    /// - Throws: the 400 of an order that cannot be read.
    init?(_ request: ServerRequest) throws(KubernetesError) {
        guard let name = HTTPField.Name("Sandbox-Fault"), let text = request.head.headerFields[name] else { return nil }
        for part in text.split(separator: ";") {
            let words = part.filter { $0 != " " }.split(separator: "=", maxSplits: 1)
            let number = words.last.flatMap { Int($0) }
            switch (words.first, words.count, number) {
            case (_, 1, let number?) where (400...599).contains(number): code = number
            case ("retry-after", 2, let number?) where number >= 0: retryAfter = number
            case ("delay", 2, let number?) where (0...3_600).contains(number): delay = number
            default:
                throw .badRequest("Sandbox-Fault: \(part), expected a code from 400 to 599, retry-after= or delay=")
            }
        }
    }

    /// The answer that is asked for; nil where there is none.
    var answer: ServerResponse? {
        guard let code else { return nil }
        var answer: ServerResponse
        if code == 429 {
            // As the real server writes it when it has too much to do.
            answer = .text("Too many requests, please try again later.\n", status: .init(code: code))
        } else {
            let message = "the sandbox was asked for this fault"
            answer = KubernetesError.refusal(code, Self.reasons[code] ?? "", message).answer
        }
        answer.head.headerFields[.retryAfter] = retryAfter.map { String($0) }
        return answer
    }

    private static let reasons = [
        400: "BadRequest", 401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 410: "Expired",
        422: "Invalid", 500: "InternalError", 503: "ServiceUnavailable", 504: "Timeout",
    ]
}
