internal import COpenSSL

/// Keys, trust and protocol limits for server or client sessions: TLS 1.2 and 1.3, ALPN http/1.1.
///
/// It never changes once it is made: to serve a renewed certificate, make another and hand that to the server.
@safe
package final class TLSContext: Sendable {
    /// Which end of a connection the sessions are.
    enum Role: Sendable {
        case server
        case client
    }

    // SSL_CTX is counted and locked inside OpenSSL; we only read it after init.
    nonisolated(unsafe) let pointer: OpaquePointer
    let role: Role
    /// The name to expect in the server's certificate where it is not the host.
    let serverName: String?
    /// Whether a client checks the server's certificate.
    let verifies: Bool

    private init(role: Role, serverName: String? = nil, verifies: Bool) throws(TLSError) {
        guard let made = unsafe SSL_CTX_new(role == .server ? TLS_server_method() : TLS_client_method()) else {
            throw TLSError.fromQueue(.library, "allocate TLS context")
        }
        unsafe pointer = made
        self.role = role
        self.serverName = serverName
        self.verifies = verifies
        unsafe openssl_ctx_set_min_version(pointer, TLS1_2_VERSION)
        // A connection that waits keeps no buffers; a write may take a part and be repeated from another address.
        unsafe openssl_ctx_set_mode(
            pointer,
            Int(SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS)
        )
        // One read takes all records that have arrived; whoever waits must ask `hasPending` first.
        unsafe openssl_ctx_set_read_ahead(pointer, 1)
        unsafe SSL_CTX_set_options(pointer, OPENSSL_OPTION_NO_RENEGOTIATION | OPENSSL_OPTION_NO_COMPRESSION)
        // What a server remembers of a session is in the client's ticket; a client of ours remembers nothing.
        unsafe openssl_ctx_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_OFF))
    }

    deinit { unsafe SSL_CTX_free(pointer) }

    /// A server's: its chain and key in PEM, and whose client certificates to accept (none are asked for when nil).
    ///
    /// With `requiresClientCertificate` a client without one ends in the handshake; otherwise it is let in as nobody.
    ///
    /// Every context has ticket keys of its own, which are random: a session is resumed only by the context that it was
    /// made with, so making another one is how the keys are changed.
    ///
    /// - Throws: `TLSError` when the PEM cannot be read or the key does not fit the certificate.
    package static func server(
        certificateChain: [UInt8],
        privateKey: [UInt8],
        clientAuthorities: [UInt8]? = nil,
        requiresClientCertificate: Bool = false
    ) throws -> TLSContext {
        let context = try TLSContext(role: .server, verifies: clientAuthorities != nil)
        try unsafe CipherPolicy.apply(to: context.pointer)
        try unsafe SessionTickets.enable(on: context.pointer)
        try context.use(certificateChain: certificateChain, privateKey: privateKey)
        unsafe SSL_CTX_set_alpn_select_cb(context.pointer, ApplicationProtocol.select, nil)
        if let clientAuthorities {
            try context.trust(clientAuthorities, what: "client authorities", announces: true)
            let flags = SSL_VERIFY_PEER | (requiresClientCertificate ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0)
            unsafe SSL_CTX_set_verify(context.pointer, flags, nil)
        }
        return context
    }

    /// A client's: whom to trust (PEM; the system's roots when nil), its own certificate and key if it has one, the
    /// name to expect in the server's certificate where it is not the host, and whether to check at all.
    ///
    /// - Throws: `TLSError`.
    package static func client(
        authorities: [UInt8]? = nil,
        certificateChain: [UInt8]? = nil,
        privateKey: [UInt8]? = nil,
        serverName: String? = nil,
        skipsVerification: Bool = false
    ) throws -> TLSContext {
        // An empty name in a kubeconfig is none.
        let name = serverName.flatMap { $0.isEmpty ? nil : $0 }
        let context = try TLSContext(role: .client, serverName: name, verifies: !skipsVerification)
        unsafe SSL_CTX_set_options(context.pointer, OPENSSL_OPTION_NO_TICKET)
        if let certificateChain, let privateKey {
            try context.use(certificateChain: certificateChain, privateKey: privateKey)
        } else if certificateChain != nil || privateKey != nil {
            throw TLSError(
                code: .badCertificate,
                operation: "make client context",
                reason: "a certificate or a key alone, expected both or neither"
            )
        }
        if let authorities {
            try context.trust(authorities, what: "authorities", announces: false)
        } else if !skipsVerification, unsafe SSL_CTX_set_default_verify_paths(context.pointer) != 1 {
            throw TLSError.fromQueue(.library, "read the system's authorities")
        }
        unsafe SSL_CTX_set_verify(context.pointer, skipsVerification ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nil)
        let offer = ApplicationProtocol.offer
        guard unsafe SSL_CTX_set_alpn_protos(context.pointer, offer, UInt32(offer.count)) == 0 else {
            throw TLSError.fromQueue(.library, "set ALPN")
        }
        return context
    }

    private func use(certificateChain: [UInt8], privateKey: [UInt8]) throws(TLSError) {
        var isFirst = true
        try X509Certificate.readAll(pem: certificateChain, what: "certificate chain") {
            (certificate) throws(TLSError) in
            let code =
                isFirst
                ? unsafe Int(SSL_CTX_use_certificate(pointer, certificate.pointer))
                : unsafe openssl_ctx_add1_chain_cert(pointer, certificate.pointer)
            guard code == 1 else { throw TLSError.fromQueue(.badCertificate, "use certificate") }
            isFirst = false
        }
        let key = try PrivateKey(pem: privateKey)
        guard unsafe SSL_CTX_use_PrivateKey(pointer, key.pointer) == 1,
            unsafe SSL_CTX_check_private_key(pointer) == 1
        else {
            ERR_clear_error()
            throw TLSError(
                code: .badCertificate,
                operation: "use private key",
                reason: "it is not the certificate's key"
            )
        }
    }

    /// Accepts certificates that end at one of `authorities`, be it a root or not; a server also tells clients their
    /// names.
    private func trust(_ authorities: [UInt8], what: String, announces: Bool) throws(TLSError) {
        guard let store = unsafe SSL_CTX_get_cert_store(pointer) else {
            throw TLSError.fromQueue(.library, "find trust store")
        }
        // As Go does it: a bundle for kubectl or the API server may hold an intermediate authority without its root.
        guard unsafe X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN)) == 1 else {
            throw TLSError.fromQueue(.library, "accept authorities that are no roots")
        }
        try X509Certificate.readAll(pem: authorities, what: what) { (certificate) throws(TLSError) in
            guard unsafe X509_STORE_add_cert(store, certificate.pointer) == 1 else {
                throw TLSError.fromQueue(.badCertificate, "trust certificate")
            }
            if announces, unsafe SSL_CTX_add_client_CA(pointer, certificate.pointer) != 1 {
                throw TLSError.fromQueue(.library, "announce authority")
            }
        }
    }
}
