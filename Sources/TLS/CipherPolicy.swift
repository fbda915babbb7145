internal import COpenSSL

/// What a server agrees to: forward secrecy and authenticated encryption, nothing else.
///
/// TLS 1.3 has no other suites. In TLS 1.2 these six leave out CBC, RSA key exchange and finite-field Diffie-Hellman
/// (RFC 9325 section 4.2); every Kubernetes API server has them.
enum CipherPolicy {
    private static let suites12 = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    ]
    private static let suites13 = [
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
    ]
    /// The curves for the key exchange, the fastest first.
    private static let groups = ["X25519", "P-256", "P-384"]

    /// Limits the `SSL_CTX` to these, in our order: the cheapest first, but ChaCha20 before AES for a client that puts
    /// it first, as one without AES in hardware does.
    static func apply(to context: OpaquePointer) throws(TLSError) {
        unsafe SSL_CTX_set_options(
            context,
            OPENSSL_OPTION_CIPHER_SERVER_PREFERENCE | OPENSSL_OPTION_PRIORITIZE_CHACHA
        )
        guard unsafe SSL_CTX_set_cipher_list(context, suites12.joined(separator: ":")) == 1,
            unsafe SSL_CTX_set_ciphersuites(context, suites13.joined(separator: ":")) == 1,
            unsafe openssl_ctx_set_groups(context, groups.joined(separator: ":")) == 1
        else { throw TLSError.fromQueue(.library, "set cipher suites") }
    }
}
