/// A request that got no whole answer, or bytes that are no HTTP.
package struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure, for who decides whether to try again.
    package enum Code: Hashable, Sendable {
        /// The name did not resolve, or nothing accepted the connection.
        case unreachable
        /// The TLS handshake failed: certificate, host name, version.
        case tls
        /// The time limit passed.
        case timeout
        /// The connection ended within the exchange.
        case closed
        /// The other side sent something that is no HTTP/1.1.
        case malformed
        /// The head is larger than allowed.
        case headTooLarge
        /// The body is larger than allowed.
        case bodyTooLarge
    }

    /// The kind of failure.
    package let code: Code
    /// What was attempted, for example `connect to 127.0.0.1:6443`.
    package let operation: String
    /// What was wrong.
    package let reason: String

    /// `connect to 127.0.0.1:6443: connection refused`.
    package var description: String { "\(operation): \(reason)" }

    package init(code: Code, operation: String, reason: String) {
        self.code = code
        self.operation = operation
        self.reason = reason
    }
}
