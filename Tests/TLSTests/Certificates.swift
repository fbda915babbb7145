import Platform
import TLS

/// An authority and a server's certificate, made for the test.
struct Certificates: Sendable {
    let authority: CertificateAuthority
    let server: Identity

    init(
        names: [String] = ["localhost", "*.example.svc", "127.0.0.1"],
        authority: CertificateAuthority? = nil,
        issued: Duration = .zero,
        days: Int = 1
    ) throws {
        let now = SystemClock().now()
        let authority = try authority ?? CertificateAuthority(commonName: "test authority", now: now)
        self.authority = authority
        server = try authority.issue(commonName: "server", names: names, now: now + issued, days: days)
    }

    func serverContext(clientAuthorities: [UInt8]? = nil) throws -> TLSContext {
        try .server(
            certificateChain: server.certificate,
            privateKey: server.privateKey,
            clientAuthorities: clientAuthorities
        )
    }

    /// A server that takes only clients with a certificate of the authority.
    func requiringContext() throws -> TLSContext {
        try .server(
            certificateChain: server.certificate,
            privateKey: server.privateKey,
            clientAuthorities: authority.identity.certificate,
            requiresClientCertificate: true
        )
    }

    func clientContext() throws -> TLSContext { try .client(authorities: authority.identity.certificate) }
}
