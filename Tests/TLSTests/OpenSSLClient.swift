import COpenSSL
import Platform
import Sockets
import TLS

/// A client straight on OpenSSL that offers what ours never would: old versions, other protocols and suites, tickets.
///
/// It trusts everybody.
final class OpenSSLClient: @unchecked Sendable {
    // @unchecked: one task at a time.
    private let context: OpaquePointer
    private let session: OpaquePointer
    private let socket: Socket
    private let loop: EventLoop
    private let ticketCounter = TicketCounter()

    /// A client with at most `version` that offers `protocols` by ALPN, none when empty, and goes on with `ticket`.
    ///
    /// `suites` are those of TLS 1.2 and `groups` the curves, in OpenSSL's notation; all that it knows when nil.
    init(
        _ handle: SocketHandle,
        newest version: Int32,
        protocols: [String] = [],
        suites: String? = nil,
        groups: String? = nil,
        identity: Identity? = nil,
        ticket: SessionTicket? = nil,
        loop: EventLoop
    ) throws {
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
        if let suites, SSL_set_cipher_list(session, suites) != 1 { throw Missing(what: suites) }
        if let groups { try restrict(to: groups) }
        if let identity { try use(identity) }
        if let ticket { SSL_set_session(session, ticket.pointer) }
        ticketCounter.listen(to: context)
        SSL_set_fd(session, handle.descriptor)
        SSL_set_connect_state(session)
    }

    deinit {
        // A session that was not closed would not be gone on with.
        SSL_set_shutdown(session, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(session)
        SSL_CTX_free(context)
    }

    /// The version and the protocol that were agreed on, or the reason of the failure.
    func handshake() async -> String {
        while true {
            ERR_clear_error()
            let code = SSL_do_handshake(session)
            if code == 1 { break }
            guard SSL_get_error(session, code) == SSL_ERROR_WANT_READ else { return Self.reason() }
            guard await isReady() else { return "no answer in time" }
        }
        var start: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(session, &start, &length)
        let name = String(decoding: UnsafeBufferPointer(start: start, count: Int(length)), as: UTF8.self)
        return String(cString: SSL_get_version(session)) + (name.isEmpty ? "" : " " + name)
    }

    /// The suite that was agreed on.
    var suite: String { SSL_get_current_cipher(session).map { String(cString: SSL_CIPHER_get_name($0)) } ?? "none" }

    /// Whether the server went on with the ticket.
    var isResumed: Bool { SSL_session_reused(session) == 1 }

    /// How many tickets came in TLS 1.3.
    var ticketCount: Int { ticketCounter.count }

    /// What comes next, as text; the reason of the failure in its place.
    func read() async -> String {
        while true {
            ERR_clear_error()
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = SSL_read(session, &bytes, Int32(bytes.count))
            if count > 0 { return String(decoding: bytes[..<Int(count)], as: UTF8.self) }
            guard SSL_get_error(session, count) == SSL_ERROR_WANT_READ else { return Self.reason() }
            guard await isReady() else { return "no answer in time" }
        }
    }

    /// What to go on with later; in TLS 1.3 once something was read.
    func ticket() throws -> SessionTicket {
        guard let found = SSL_get1_session(session), SSL_SESSION_is_resumable(found) == 1 else {
            throw Missing(what: "session ticket")
        }
        return SessionTicket(owning: found)
    }

    /// Asks for another handshake in the session that is open.
    func renegotiate() async -> String {
        guard SSL_renegotiate(session) == 1 else { return Self.reason() }
        guard SSL_do_handshake(session) != 1 else { return "made" }
        return await read()
    }

    private func isReady() async -> Bool {
        await loop.wait(for: .read, on: socket.handle, until: .now + patience) == .ready
    }

    private static func reason() -> String {
        ERR_reason_error_string(ERR_get_error()).map { String(cString: $0) } ?? "closed"
    }

    private func restrict(to groups: String) throws {
        var text = Array(groups.utf8CString)
        guard SSL_ctrl(session, SSL_CTRL_SET_GROUPS_LIST, 0, &text) == 1 else { throw Missing(what: groups) }
    }

    private func use(_ identity: Identity) throws {
        guard let input = BIO_new_mem_buf(identity.certificate, Int32(identity.certificate.count)),
            let keyInput = BIO_new_mem_buf(identity.privateKey, Int32(identity.privateKey.count))
        else { throw Missing(what: "buffer") }
        defer {
            BIO_free(input)
            BIO_free(keyInput)
        }
        let certificate = PEM_read_bio_X509(input, nil, nil, nil)
        let key = PEM_read_bio_PrivateKey(keyInput, nil, nil, nil)
        defer {
            X509_free(certificate)
            EVP_PKEY_free(key)
        }
        guard SSL_use_certificate(session, certificate) == 1, SSL_use_PrivateKey(session, key) == 1 else {
            throw Missing(what: "client certificate")
        }
    }
}
