internal import COpenSSL

/// A TLS handshake, a record, a certificate or a key that failed.
package struct TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure.
    package enum Code: Hashable, Sendable {
        /// The other side's certificate was not accepted.
        case untrusted
        /// The handshake failed for another reason: protocol version, ALPN, an alert from the other side.
        case handshake
        /// The client spoke HTTP without TLS.
        case plainHTTP
        /// The connection ended without a close_notify, so what was read may be cut short.
        case truncated
        /// The connection was cut or reset.
        case closed
        /// A PEM text, a key or a certificate cannot be used.
        case badCertificate
        /// OpenSSL could not do what it was asked to.
        case library
    }

    /// The kind of failure.
    package let code: Code
    /// What was attempted, for example `verify certificate of localhost`.
    package let operation: String
    /// What was wrong, in OpenSSL's words where it has some.
    package let reason: String

    /// `handshake: certificate verify failed: unable to get local issuer certificate`.
    package var description: String { "\(operation): \(reason)" }

    package init(code: Code, operation: String, reason: String) {
        self.code = code
        self.operation = operation
        self.reason = reason
    }

    /// An error for what OpenSSL's queue says now, which is emptied.
    static func fromQueue(_ code: Code, _ operation: String) -> TLSError {
        TLSError(code: code, operation: operation, reason: queuedReason() ?? "unknown error")
    }

    /// The reason of OpenSSL's error `code` where `library` gave it, else nil; each library numbers its reasons anew.
    static func reason(of code: UInt, from library: Int32) -> Int32? {
        openssl_error_library(code) == library ? openssl_error_reason(code) : nil
    }

    /// The first reason of OpenSSL's error queue, which is emptied; nil when there is none.
    static func queuedReason() -> String? {
        let code = ERR_get_error()
        defer { ERR_clear_error() }
        guard code != 0 else { return nil }
        if let reason = unsafe ERR_reason_error_string(code) {
            return unsafe String(cString: reason).lowercased()
        }
        return "error \(openssl_error_reason(code)) of library \(openssl_error_library(code))"
    }
}
