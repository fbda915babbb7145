import HTTP
import HTTPTypes

/// When a call is sent again.
///
/// A connection that failed says nothing about whether a write arrived, so only reads are repeated after one. A 429
/// was turned away before it did anything and is repeated for all calls; 5xx only for reads. The server's Retry-After
/// is kept. Source: client-go's `rest.Request`.
struct RetryPolicy: Hashable, Sendable {
    /// How often a call is sent at most.
    static let attempts = 5
    /// The longest wait that a server may ask for, in seconds; above it the caller gets the error and decides.
    static let longestWait = 30

    /// The wait before the next attempt after a failed connection; nil to give up.
    static func wait(after failure: HTTPError, of request: KubernetesRequest, attempt: Int) -> Duration? {
        guard request.isSafe, attempt < attempts else { return nil }
        switch failure.code {
        case .unreachable, .closed: return .milliseconds(100 << (attempt - 1))
        case .tls, .timeout, .malformed, .headTooLarge, .bodyTooLarge: return nil
        }
    }

    /// The wait before the next attempt after an answer; nil to take it as it is.
    static func wait(after answer: HTTPResponse, to request: KubernetesRequest, attempt: Int) -> Duration? {
        let code = answer.status.code
        guard attempt < attempts, code == 429 || (request.isSafe && (500...599).contains(code)),
            let seconds = answer.headerFields[.retryAfter].flatMap({ Int($0) }), (0...longestWait).contains(seconds)
        else { return nil }
        return .seconds(seconds)
    }
}
