internal import COpenSSL
package import Sockets

/// One connection's TLS state, over a non-blocking socket that it does not own; freed once, when it goes.
///
/// No call blocks or suspends: `wants` says what to wait for before the same call is made again.
@safe
package struct TLSSession: ~Copyable, @unchecked Sendable {
    // @unchecked: an SSL may move between threads but not be used by two at once, and there is never a second owner.

    /// What a call did.
    package enum Step: Hashable, Sendable {
        /// It is done; so many bytes were moved.
        case done(Int)
        /// It needs this before it can go on.
        case wants(Interest)
        /// The other side has closed the session properly.
        case end
    }

    private let pointer: OpaquePointer
    /// The host that the server's certificate must be for; nil where nothing is checked.
    private let expectedName: String?
    private let rejected = RejectedCertificate()

    /// A session of a server.
    ///
    /// It may be made when the first bytes have already arrived: a client that sends none then costs a socket alone.
    ///
    /// - Throws: `TLSError`.
    package static func server(_ context: TLSContext, socket: SocketHandle) throws(TLSError) -> TLSSession {
        precondition(context.role == .server, "a server's session needs a server's context")
        return try TLSSession(context, socket: socket, expectedName: nil)
    }

    /// A session of a client with `host`, a DNS name or an IP address, whose certificate must be for that host unless
    /// the context names another or checks nothing.
    ///
    /// - Throws: `TLSError`.
    package static func client(
        _ context: TLSContext,
        socket: SocketHandle,
        host: String
    ) throws(TLSError) -> TLSSession {
        precondition(context.role == .client, "a client's session needs a client's context")
        let name = Self.withoutRoot(context.serverName ?? host)
        let session = try TLSSession(context, socket: socket, expectedName: context.verifies ? name : nil)
        try session.expect(name, verifies: context.verifies)
        return session
    }

    /// `name` without the dot of the root, which neither SNI (RFC 6066 section 3) nor certificates have.
    private static func withoutRoot(_ name: String) -> String { name.hasSuffix(".") ? String(name.dropLast()) : name }

    private init(_ context: TLSContext, socket: SocketHandle, expectedName: String?) throws(TLSError) {
        guard let made = unsafe SSL_new(context.pointer) else {
            throw TLSError.fromQueue(.library, "allocate TLS session")
        }
        guard unsafe SSL_set_fd(made, socket.descriptor) == 1 else {
            unsafe SSL_free(made)
            throw TLSError.fromQueue(.library, "attach TLS session")
        }
        if context.role == .server { unsafe SSL_set_accept_state(made) } else { unsafe SSL_set_connect_state(made) }
        unsafe pointer = made
        self.expectedName = expectedName
    }

    deinit { unsafe SSL_free(pointer) }

    /// Asks for `name` (SNI carries no addresses) and checks the certificate for it.
    private func expect(_ name: String, verifies: Bool) throws(TLSError) {
        // OpenSSL takes an empty name for "any" and one with a leading dot for any below it, and reads no further than
        // a zero byte.
        guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(0) else {
            throw TLSError(
                code: .library,
                operation: "expect a certificate for \(name)",
                reason: "not a name, expected a DNS name or an IP address"
            )
        }
        let isAddress = SocketAddress.numericBytes(name) != nil
        if !isAddress, unsafe openssl_set_host_name(pointer, name) != 1 {
            throw TLSError.fromQueue(.library, "ask for \(name)")
        }
        guard verifies else { return }
        unsafe rejected.listen(to: pointer)
        // RFC 9525 section 2: the common name is no name of a server, and a wildcard stands for a whole label.
        unsafe SSL_set_hostflags(
            pointer,
            UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS)
        )
        let code =
            isAddress
            ? unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(pointer), name)
            : unsafe SSL_set1_host(pointer, name)
        guard code == 1 else { throw TLSError.fromQueue(.library, "expect a certificate for \(name)") }
    }

    /// Goes on with the handshake.
    ///
    /// - Throws: `TLSError` that names the reason; the session is of no use after it.
    package func handshake() throws(TLSError) -> Step {
        ERR_clear_error()
        let code = unsafe SSL_do_handshake(pointer)
        if code == 1 { return .done(0) }
        let step = try step(code, "handshake")
        if step == .end {
            throw TLSError(code: .closed, operation: "handshake", reason: "the other side closed the session")
        }
        return step
    }

    /// Reads into `buffer` what has arrived.
    ///
    /// - Throws: `TLSError`; the session is of no use after it.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(TLSError) -> Step {
        forgetErrors()
        let count = unsafe SSL_read(pointer, buffer.baseAddress, Int32(clamping: buffer.count))
        return count > 0 ? .done(Int(count)) : try step(count, "read")
    }

    /// Writes a part of `buffer`: a record, or what the socket takes.
    ///
    /// - Throws: `TLSError`; the session is of no use after it.
    package func write(_ buffer: UnsafeRawBufferPointer) throws(TLSError) -> Step {
        forgetErrors()
        let count = unsafe SSL_write(pointer, buffer.baseAddress, Int32(clamping: buffer.count))
        return count > 0 ? .done(Int(count)) : try step(count, "write")
    }

    /// Empties the thread's queue of errors, which `SSL_get_error` looks at; to look first is much cheaper.
    private func forgetErrors() {
        if ERR_peek_error() != 0 { ERR_clear_error() }
    }

    /// Whether bytes that were taken off the socket are still to be read: then the socket will not tell of them.
    package var hasPending: Bool { unsafe SSL_has_pending(pointer) == 1 }

    /// Whether a record has begun to arrive and is not whole: its rest must come before anything can be read.
    package var isWithinRecord: Bool {
        // Once its head has been taken, the bytes at hand may be none; the state is "RB" then.
        unsafe hasPending || SSL_rstate_string(pointer)[1] == UInt8(ascii: "B")
    }

    /// Sends close_notify and does not wait for the answer.
    ///
    /// Not to be called after a failure.
    package func close() {
        ERR_clear_error()
        unsafe SSL_shutdown(pointer)
        ERR_clear_error()
    }

    /// `TLSv1.3`.
    package var version: String { unsafe String(cString: SSL_get_version(pointer)) }

    /// The protocol that ALPN settled on; nil without one.
    package var applicationProtocol: String? {
        var start: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        unsafe SSL_get0_alpn_selected(pointer, &start, &length)
        guard let start = unsafe start, length > 0 else { return nil }
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: Int(length)), as: UTF8.self)
    }

    /// Whether the session goes on from an earlier one, whose ticket the client had.
    package var isResumed: Bool { unsafe SSL_session_reused(pointer) == 1 }

    /// What the other side's certificate says of its subject; nil without one that was verified.
    ///
    /// A resumed session has the identity that was verified for the first.
    package var peer: PeerIdentity? {
        guard unsafe SSL_get_verify_result(pointer) == X509_V_OK,
            let found = unsafe SSL_get1_peer_certificate(pointer)
        else { return nil }
        let certificate = unsafe X509Certificate(owning: found)
        return PeerIdentity(certificate)
    }

    private func step(_ code: Int32, _ operation: String) throws(TLSError) -> Step {
        switch unsafe SSL_get_error(pointer, code) {
        case SSL_ERROR_WANT_READ: return .wants(.read)
        case SSL_ERROR_WANT_WRITE: return .wants(.write)
        case SSL_ERROR_ZERO_RETURN: return .end
        case SSL_ERROR_SYSCALL:
            ERR_clear_error()
            throw TLSError(code: .closed, operation: operation, reason: "connection reset")
        default: throw failure(operation)
        }
    }

    private func failure(_ operation: String) -> TLSError {
        let first = TLSError.reason(of: ERR_peek_error(), from: ERR_LIB_SSL)
        let reason = TLSError.queuedReason() ?? "unknown error"
        if first == SSL_R_UNEXPECTED_EOF_WHILE_READING {
            return TLSError(code: .truncated, operation: operation, reason: "the connection ended without close_notify")
        }
        if first == SSL_R_HTTP_REQUEST {
            return TLSError(code: .plainHTTP, operation: operation, reason: "HTTP without TLS")
        }
        let isClient = unsafe SSL_is_server(pointer) == 0
        let result = unsafe Int32(clamping: SSL_get_verify_result(pointer))
        // Where nothing is checked there is a result all the same, and it ended nothing.
        let isChecked = unsafe SSL_get_verify_mode(pointer) != SSL_VERIFY_NONE
        guard operation == "handshake", isChecked, result != X509_V_OK else {
            let words = isClient ? unsafe first.flatMap(HandshakeRefusal(pointer).reason) : nil
            return TLSError(code: .handshake, operation: operation, reason: words ?? reason)
        }
        return TLSError(code: .untrusted, operation: operation, reason: verificationReason(result))
    }

    private func verificationReason(_ code: Int32) -> String {
        guard let expectedName else { return "certificate verify failed: \(VerificationFailure.words(code))" }
        return VerificationFailure(code: code, expectedName: expectedName, certificate: rejected).reason
    }
}
