import COpenSSL
import Sockets
import TLS

/// A server straight on OpenSSL, which can be what ours never is.
final class OpenSSLServer: @unchecked Sendable {
    // @unchecked: one task at a time.

    /// What is special about it.
    struct Manner: Sendable {
        var newest = TLS1_3_VERSION
        /// Ciphers of TLS 1.2; the usual ones when nil.
        var ciphers: String?
        /// Whether it wants a certificate of its client.
        var wantsCertificate = false
    }

    private let context: OpaquePointer
    private let session: OpaquePointer
    private let socket: Socket
    private let loop: EventLoop

    init(_ handle: SocketHandle, _ certificates: Certificates, _ manner: Manner, loop: EventLoop) throws {
        socket = Socket(adopting: handle)
        self.loop = loop
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw Missing(what: "OpenSSL server") }
        self.context = context
        // Before TLS 1.2 handshakes are signed with SHA-1, which level 0 alone allows.
        SSL_CTX_set_security_level(context, 0)
        _ = SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_VERSION), nil)
        _ = SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(manner.newest), nil)
        if let ciphers = manner.ciphers { SSL_CTX_set_cipher_list(context, ciphers) }
        Self.read(certificates.server.certificate) { input in
            let certificate = PEM_read_bio_X509(input, nil, nil, nil)
            SSL_CTX_use_certificate(context, certificate)
            X509_free(certificate)
        }
        Self.read(certificates.server.privateKey) { input in
            let key = PEM_read_bio_PrivateKey(input, nil, nil, nil)
            SSL_CTX_use_PrivateKey(context, key)
            EVP_PKEY_free(key)
        }
        if manner.wantsCertificate {
            Self.read(certificates.authority.identity.certificate) { input in
                let authority = PEM_read_bio_X509(input, nil, nil, nil)
                SSL_CTX_add_client_CA(context, authority)
                X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority)
                X509_free(authority)
            }
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
        guard let session = SSL_new(context) else { throw Missing(what: "OpenSSL session") }
        self.session = session
        SSL_set_fd(session, handle.descriptor)
        SSL_set_accept_state(session)
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    private static func read(_ pem: [UInt8], _ body: (OpaquePointer?) -> Void) {
        pem.withUnsafeBytes { bytes in
            let input = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count))
            body(input)
            BIO_free(input)
        }
    }

    /// Makes the handshake, or fails at it.
    func handshake() async {
        while true {
            ERR_clear_error()
            let code = SSL_do_handshake(session)
            guard code != 1, SSL_get_error(session, code) == SSL_ERROR_WANT_READ else { return }
            _ = await loop.wait(for: .read, on: socket.handle, until: .now + patience)
        }
    }
}
