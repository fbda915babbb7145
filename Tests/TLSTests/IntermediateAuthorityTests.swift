import Platform
import Testing

@testable import TLS

/// Authorities that are trusted without their root, as a bundle for kubectl or the API server may have them.
@Suite(.timeLimit(.minutes(1))) struct IntermediateAuthorityTests {
    private let now = SystemClock().now()
    private let root: CertificateAuthority
    private let intermediate: CertificateAuthority

    init() throws {
        root = try CertificateAuthority(commonName: "root", now: now)
        let issuer = try X509Certificate(pem: root.identity.certificate, what: "root")
        let key = try PrivateKey()
        var builder = try CertificateBuilder(key: key)
        try builder.setSubject(commonName: "intermediate", organizations: [])
        try builder.setValidity(now: now, days: 10)
        try builder.setIssuer(issuer)
        try builder.add(.basicConstraints, "critical,CA:TRUE")
        try builder.add(.keyUsage, "critical,keyCertSign,cRLSign")
        try builder.add(.subjectKeyIdentifier, "hash")
        try builder.add(.authorityKeyIdentifier, "keyid:always", issuer: issuer)
        let certificate = try builder.sign(key: PrivateKey(pem: root.identity.privateKey))
        intermediate = try CertificateAuthority(
            identity: Identity(certificate: certificate, privateKey: try key.pem())
        )
    }

    /// What a client that trusts `authority` alone says of the server.
    private func clientError(
        _ certificates: Certificates,
        trusting authority: CertificateAuthority,
        host: String = "localhost"
    ) async throws -> String? {
        let client = try TLSContext.client(authorities: authority.identity.certificate)
        let server = try certificates.serverContext()
        return try await onLoop { loop in
            try await TLSConnection.make(client: client, server: server, host: host, on: loop).clientError?.description
        }
    }

    @Test func aClientAcceptsWhatItSigned() async throws {
        #expect(try await clientError(Certificates(authority: intermediate), trusting: intermediate) == nil)
    }

    @Test func aClientChecksNameAndTimeAllTheSame() async throws {
        let other = try await clientError(
            Certificates(authority: intermediate),
            trusting: intermediate,
            host: "other"
        )
        #expect(other?.hasPrefix("handshake: certificate is not valid for other, but for localhost") == true)
        let old = try Certificates(authority: intermediate, issued: .seconds(-10 * 86_400))
        let expired = try await clientError(old, trusting: intermediate)
        #expect(expired?.hasPrefix("handshake: certificate expired at ") == true)
    }

    @Test func aClientRefusesWhatOthersSigned() async throws {
        let ofTheRoot = try await clientError(Certificates(authority: root), trusting: intermediate)
        #expect(
            ofTheRoot == "handshake: certificate is signed by an unknown authority, issuer CN=root, "
                + "expected one that is trusted"
        )
        // The server does not send what is between its certificate and the root.
        let withAGap = try await clientError(Certificates(authority: intermediate), trusting: root)
        #expect(
            withAGap == "handshake: certificate is signed by an unknown authority, issuer CN=intermediate, "
                + "expected one that is trusted"
        )
    }

    /// What a server that trusts the intermediate alone says of a client with a certificate of `authority`.
    private func serverError(_ authority: CertificateAuthority, issued: Duration = .zero) async throws -> String? {
        let identity = try authority.issue(
            commonName: "kube-apiserver",
            names: [],
            isClient: true,
            now: now + issued,
            days: 1
        )
        let certificates = try Certificates(authority: intermediate)
        let server = try certificates.requiringContext()
        let client = try TLSContext.client(
            authorities: certificates.authority.identity.certificate,
            certificateChain: identity.certificate,
            privateKey: identity.privateKey
        )
        return try await onLoop { loop in
            let connection = try await TLSConnection.make(client: client, server: server, on: loop)
            if connection.serverError == nil { #expect(connection.server.peer?.commonName == "kube-apiserver") }
            return connection.serverError?.description
        }
    }

    @Test func aServerAcceptsClientsOfIt() async throws {
        #expect(try await serverError(intermediate) == nil)
    }

    @Test func aServerRefusesTheOthers() async throws {
        #expect(
            try await serverError(root)
                == "handshake: certificate verify failed: unable to get local issuer certificate"
        )
        #expect(
            try await serverError(intermediate, issued: .seconds(-10 * 86_400))
                == "handshake: certificate verify failed: certificate has expired"
        )
    }
}
