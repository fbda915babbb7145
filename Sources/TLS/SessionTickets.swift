internal import COpenSSL

/// Session resumption by tickets (RFC 5077, RFC 8446 section 4.6.1): the server remembers nothing.
///
/// A client that comes back costs a third of a full handshake. Early data stays off: it could be replayed.
enum SessionTickets {
    /// Tickets in a TLS 1.3 handshake: one.
    ///
    /// Each costs 40 µs of the handshake's 340, and a client that goes on with it gets the next.
    private static let count = 1
    /// How long a ticket is good, in seconds: an hour.
    private static let lifetime = 3_600
    /// Sessions of clients with certificates are resumed only where this is set (`SSL_CTX_set_session_id_context`).
    private static let scope = Array("canarygate".utf8)

    /// Makes the server's `SSL_CTX` hand out tickets and take them back.
    static func enable(on context: OpaquePointer) throws(TLSError) {
        guard unsafe SSL_CTX_set_num_tickets(context, count) == 1,
            unsafe SSL_CTX_set_session_id_context(context, scope, UInt32(scope.count)) == 1,
            unsafe SSL_CTX_set_session_ticket_cb(context, nil, judge, nil) == 1
        else { throw TLSError.fromQueue(.library, "enable session tickets") }
        unsafe SSL_CTX_set_timeout(context, lifetime)
    }

    /// Decides about a ticket that came: as OpenSSL would, but a session whose client certificate has expired since is
    /// not resumed.
    ///
    /// What a ticket says of the client was verified when the first session was made, and each resumption gives a new
    /// ticket: without this one could go on for ever.
    private static let judge:
        @convention(c) (
            OpaquePointer?, OpaquePointer?, UnsafePointer<UInt8>?, Int, SSL_TICKET_STATUS, UnsafeMutableRawPointer?
        ) -> SSL_TICKET_RETURN = { _, session, _, _, status, _ in
            guard let session = unsafe session, status == SSL_TICKET_SUCCESS || status == SSL_TICKET_SUCCESS_RENEW
            else {
                return SSL_TICKET_RETURN_IGNORE_RENEW
            }
            if let peer = unsafe SSL_SESSION_get0_peer(session),
                unsafe X509_cmp_current_time(X509_get0_notAfter(peer)) <= 0
            {
                return SSL_TICKET_RETURN_IGNORE_RENEW
            }
            return status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_USE_RENEW
        }
}
