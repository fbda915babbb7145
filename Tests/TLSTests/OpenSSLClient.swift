import COpenSSL
import Sockets

/// A client straight on OpenSSL that offers what ours never would: old versions, and other protocols.
///
/// It trusts everybody.
final class OpenSSLClient: @unchecked Sendable {
    // @unchecked: one task at a time.
    private let context: OpaquePointer
    private let session: OpaquePointer
    private let socket: Socket
    private let loop: EventLoop

    /// A client with at most `version` that offers `protocols` by ALPN; none when empty.
    init(_ handle: SocketHandle, newest version: Int32, protocols: [String] = [], loop: EventLoop) throws {
        socket = Socket(adopting: handle)
        self.loop = loop
        guard let context = SSL_CTX_new(TLS_client_method()), let session = SSL_new(context) else {
            throw Missing(what: "OpenSSL client")
        }
        self.context = context
        self.session = session
        // Before TLS 1.2 handshakes are signed with SHA-1, which level 0 alone allows.
        SSL_set_security_level(session, 0)
        _ = SSL_ctrl(session, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_VERSION), nil)
        _ = SSL_ctrl(session, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
        let offer = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        if !offer.isEmpty { _ = SSL_set_alpn_protos(session, offer, UInt32(offer.count)) }
        SSL_set_fd(session, handle.descriptor)
        SSL_set_connect_state(session)
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    /// The version and the protocol that were agreed on, or the reason of the failure.
    func handshake() async -> String {
        while true {
            ERR_clear_error()
            let code = SSL_do_handshake(session)
            if code == 1 { break }
            guard SSL_get_error(session, code) == SSL_ERROR_WANT_READ else {
                return ERR_reason_error_string(ERR_get_error()).map { String(cString: $0) } ?? "closed"
            }
            _ = await loop.wait(for: .read, on: socket.handle, until: .now + patience)
        }
        var start: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(session, &start, &length)
        let name = String(decoding: UnsafeBufferPointer(start: start, count: Int(length)), as: UTF8.self)
        return String(cString: SSL_get_version(session)) + (name.isEmpty ? "" : " " + name)
    }
}
