import HTTP
import HTTPTypes

/// When a call is sent again.
///
/// A connection that failed says nothing about whether a write arrived, so only reads are repeated after one. A 429, and
/// a 503 that says when to come again, were turned away before they did anything and are repeated for all calls; other
/// 5xx only for reads. The server's Retry-After is the least that is waited. Source: client-go's `rest.Request`.
struct RetryPolicy: Hashable, Sendable {
    /// How often a call is sent at most.
    static let attempts = 5
    /// The longest wait that a server may ask for, in seconds; above it the caller gets the error and decides.
    static let longestWait = 30

    /// The wait before the next attempt after a failed connection, `jitter` (0 ..< 1) of it longer by up to a half; nil
    /// to give up.
    static func wait(
        after failure: HTTPError,
        of request: KubernetesRequest,
        attempt: Int,
        jitter: Double
    ) -> Duration? {
        guard request.isSafe, attempt < attempts else { return nil }
        switch failure.code {
        case .unreachable, .closed: return .milliseconds(100 << (attempt - 1)) * (1 + jitter / 2)
        case .tls, .timeout, .malformed, .headTooLarge, .bodyTooLarge: return nil
        }
    }

    /// The wait before the next attempt after an answer, longer by up to a quarter by `jitter` (0 ..< 1); nil to take it
    /// as it is.
    static func wait(
        after answer: HTTPResponse,
        to request: KubernetesRequest,
        attempt: Int,
        jitter: Double
    ) -> Duration? {
        let code = answer.status.code
        guard attempt < attempts, [429, 503].contains(code) || (request.isSafe && (500...599).contains(code)),
            let seconds = seconds(of: answer), (0...longestWait).contains(seconds)
        else { return nil }
        return .seconds(seconds) * (1 + jitter / 4)
    }

    /// What Retry-After says in seconds; nil where it is missing or a date.
    static func seconds(of answer: HTTPResponse) -> Int? { answer.headerFields[.retryAfter].flatMap { Int($0) } }
}
