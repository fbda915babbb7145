internal import Glibc

/// A socket operation that failed: which, on what, and what the system said.
package struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure, for who decides what to do about it.
    package enum Code: Hashable, Sendable {
        /// The address is malformed, does not resolve, or does not belong to this machine.
        case badAddress
        /// The other side refused, or there is no way there.
        case unreachable
        /// The connection was cut or reset.
        case closed
        /// The process or the machine has no more descriptors or memory for it.
        case exhausted
        /// A deadline passed.
        case timeout
        /// The task was cancelled, or the loops are shutting down.
        case cancelled
        /// Anything else the system refused.
        case system
    }

    /// The kind of failure.
    package let code: Code
    /// What was attempted, for example `bind` or `connect`.
    package let operation: String
    /// What it was attempted on, for example `127.0.0.1:8443`; empty when there is nothing to name.
    package let subject: String
    /// What was wrong.
    package let reason: String

    /// `bind 127.0.0.1:80: permission denied`.
    package var description: String { "\(operation)\(subject.isEmpty ? "" : " " + subject): \(reason)" }

    package init(code: Code, operation: String, subject: String = "", reason: String) {
        self.code = code
        self.operation = operation
        self.subject = subject
        self.reason = reason
    }

    init(errno code: Int32, operation: String, subject: String = "") {
        self.init(
            code: Self.kind(of: code),
            operation: operation,
            subject: subject,
            reason: unsafe String(cString: strerror(code)).lowercased()
        )
    }

    private static func kind(of code: Int32) -> Code {
        switch code {
        case EADDRNOTAVAIL, EADDRINUSE, EAFNOSUPPORT, EINVAL: .badAddress
        case ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN: .unreachable
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN, ESHUTDOWN: .closed
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: .exhausted
        case ETIMEDOUT: .timeout
        default: .system
        }
    }
}
