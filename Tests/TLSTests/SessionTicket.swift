import COpenSSL

/// What a client keeps of a session to go on with it.
final class SessionTicket: @unchecked Sendable {
    // @unchecked: an SSL_SESSION is counted and locked inside OpenSSL.
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { SSL_SESSION_free(pointer) }
}

/// Counts the tickets that come to a client.
final class TicketCounter {
    private(set) var count = 0

    /// Counts those of `context`'s sessions; must live as long as it.
    func listen(to context: OpaquePointer) {
        SSL_CTX_set_ex_data(context, 0, Unmanaged.passUnretained(self).toOpaque())
        // Sessions in the cache of a context would be spoilt with it.
        let mode = SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE
        _ = openssl_ctx_set_session_cache_mode(context, Int(mode))
        SSL_CTX_sess_set_new_cb(context) { session, _ in
            if let data = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(session), 0) {
                Unmanaged<TicketCounter>.fromOpaque(data).takeUnretainedValue().count += 1
            }
            return 0
        }
    }
}
