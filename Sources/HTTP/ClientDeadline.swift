internal import Platform
package import Sockets

/// Until when something must have happened, and what: so that an error can say which of the limits was passed.
package struct ClientDeadline: Sendable {
    /// What a limit is for.
    package enum Kind: Sendable {
        /// A new connection, with all that it takes.
        case connect
        /// The whole call.
        case call
        /// The head of the response.
        case head
        /// The next piece of a body.
        case piece
        /// The whole body.
        case body
    }

    /// When it passes.
    package let time: MonotonicTime
    private let kind: Kind
    private let limit: Duration

    /// `limit` from `start` on.
    package init(_ kind: Kind, _ limit: Duration, from start: MonotonicTime = .now) {
        time = start + limit
        self.kind = kind
        self.limit = limit
    }

    /// Whichever passes first.
    func orEarlier(_ other: ClientDeadline?) -> ClientDeadline {
        guard let other, other.time < time else { return self }
        return other
    }

    /// The error of who had `found` by then: `no answer, expected a connection within 5s`.
    func failure(_ operation: String, _ found: String) -> HTTPError {
        HTTPError(code: .timeout, operation: operation, reason: "\(found), \(expectation)")
    }

    private var expectation: String {
        let text = GoDuration(limit).text
        return switch kind {
        case .connect: "expected a connection within \(text)"
        case .call: "expected the call to be done within \(text)"
        case .head: "expected a response within \(text)"
        case .piece: "expected more within \(text)"
        case .body: "expected the whole body within \(text)"
        }
    }
}
