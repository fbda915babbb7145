import Platform
import TLS

/// An authority, a server of its own, and its clients.
struct TestCertificates {
    let authority: CertificateAuthority
    /// A server on 127.0.0.1 that asks for client certificates.
    let server: TLSContext

    init() throws {
        let now = SystemClock().now()
        authority = try CertificateAuthority(commonName: "test authority", now: now)
        let identity = try authority.issue(commonName: "server", names: ["127.0.0.1"], now: now, days: 1)
        server = try .server(
            certificateChain: identity.certificate,
            privateKey: identity.privateKey,
            clientAuthorities: authority.identity.certificate
        )
    }

    /// PEM of the authority's certificate.
    var authorities: String { String(decoding: authority.identity.certificate, as: UTF8.self) }

    /// PEM of a client's certificate and key.
    func client(_ name: String) throws -> (certificate: String, key: String) {
        let identity = try authority.issue(
            commonName: name,
            names: [],
            isClient: true,
            now: SystemClock().now(),
            days: 1
        )
        return (
            String(decoding: identity.certificate, as: UTF8.self), String(decoding: identity.privateKey, as: UTF8.self)
        )
    }
}
