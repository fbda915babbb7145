/// Bytes that are no acceptable HTTP/1.1 message, and the status that says so to who sent them.
package struct MessageFault: Error, Hashable, CustomStringConvertible {
    /// The status of the answer to a request with this fault.
    package let status: Int
    /// What was wrong.
    package let reason: String

    /// `400: no host`.
    package var description: String { "\(status): \(reason)" }

    package init(status: Int, reason: String) {
        self.status = status
        self.reason = reason
    }

    static func malformed(_ reason: String) -> MessageFault { MessageFault(status: 400, reason: reason) }

    static let timeout = MessageFault(status: 408, reason: "the request did not arrive in time")

    static let tooManyConnections = MessageFault(status: 503, reason: "too many connections")

    static let tooManyRequests = MessageFault(status: 503, reason: "too many requests at once")

    static let tooManyBodyBytes = MessageFault(status: 503, reason: "too many bytes of requests at once")

    static let plainHTTP = MessageFault(status: 400, reason: "HTTP without TLS, expected HTTPS")

    static func bodyTooLarge(_ limit: Int) -> MessageFault {
        MessageFault(status: 413, reason: "body larger than \(limit) bytes")
    }

    static func targetTooLong(_ limit: Int) -> MessageFault {
        MessageFault(status: 414, reason: "request target longer than \(limit) bytes")
    }

    static func headTooLarge(_ limit: Int) -> MessageFault {
        MessageFault(status: 431, reason: "head larger than \(limit) bytes")
    }

    static func tooManyFields(_ limit: Int) -> MessageFault {
        MessageFault(status: 431, reason: "more than \(limit) header fields")
    }
}
