import Platform
import Sockets
import TLS
import Testing

/// Which certificates are accepted, and what is said of the others.
@Suite(.timeLimit(.minutes(1))) struct CertificateCheckTests {
    /// What a client that wants to speak to `host` says of the server.
    private func clientError(
        _ certificates: Certificates,
        client: TLSContext? = nil,
        host: String = "localhost"
    ) async throws -> TLSError? {
        let client = try client ?? certificates.clientContext()
        let server = try certificates.serverContext()
        return try await onLoop { loop in
            try await TLSConnection.make(client: client, server: server, host: host, on: loop).clientError
        }
    }

    @Test(arguments: ["localhost", "LOCALHOST", "a.example.svc", "127.0.0.1"])
    func acceptsTheNamesOfTheCertificate(host: String) async throws {
        #expect(try await clientError(Certificates(), host: host) == nil)
    }

    @Test(arguments: ["example.svc", "a.b.example.svc", "localhost.example", "127.0.0.2", "::1", "server"])
    func refusesAnyOther(host: String) async throws {
        let error = try await clientError(Certificates(), host: host)
        #expect(error?.code == .untrusted)
        #expect(
            error?.description == "handshake: certificate is not valid for \(host), "
                + "but for localhost, *.example.svc, 127.0.0.1"
        )
    }

    @Test func acceptsAnIPv6Address() async throws {
        #expect(try await clientError(Certificates(names: ["::1"]), host: "::1") == nil)
    }

    @Test func expectsTheNameThatTheContextGives() async throws {
        let certificates = try Certificates()
        let authorities = certificates.authority.identity.certificate
        let right = try TLSContext.client(authorities: authorities, serverName: "a.example.svc")
        #expect(try await clientError(certificates, client: right, host: "10.0.0.1") == nil)
        let wrong = try TLSContext.client(authorities: authorities, serverName: "a.example")
        let error = try await clientError(certificates, client: wrong, host: "localhost")
        #expect(
            error?.reason == "certificate is not valid for a.example, but for localhost, *.example.svc, 127.0.0.1"
        )
    }

    @Test func theCommonNameIsNoNameOfAServer() async throws {
        let error = try await clientError(Certificates(names: []), host: "server")
        #expect(error?.description == "handshake: certificate is not valid for server, but for no name")
    }

    @Test(arguments: ["", ".", ".example.svc", "localhost\0.example"])
    func expectsNothingButAName(host: String) async throws {
        let error = await #expect(throws: TLSError.self) { try await clientError(Certificates(), host: host) }
        #expect(
            error?.description
                == "expect a certificate for \(host == "." ? "" : host): not a name, expected a DNS name or an IP address"
        )
    }

    @Test func anEmptyServerNameIsNone() async throws {
        let certificates = try Certificates()
        let authorities = certificates.authority.identity.certificate
        let context = try TLSContext.client(authorities: authorities, serverName: "")
        #expect(try await clientError(certificates, client: context) == nil)
        let error = try await clientError(certificates, client: context, host: "other")
        #expect(error?.code == .untrusted)
    }

    @Test func refusesAnUnknownAuthority() async throws {
        let error = try await clientError(Certificates(), client: Certificates().clientContext())
        #expect(error?.code == .untrusted)
        #expect(
            error?.description == "handshake: certificate is signed by an unknown authority, issuer CN=test authority, "
                + "expected one that is trusted"
        )
    }

    @Test func refusesAnExpiredCertificate() async throws {
        let certificates = try Certificates(issued: .seconds(-10 * 86_400))
        let end = try CertificateInfo(pem: certificates.server.certificate).notAfter.rfc3339
        let error = try await clientError(certificates)
        #expect(error?.code == .untrusted)
        #expect(error?.description == "handshake: certificate expired at \(end)")
    }

    @Test func refusesACertificateOfTheFuture() async throws {
        let certificates = try Certificates(issued: .seconds(10 * 86_400))
        let start = try CertificateInfo(pem: certificates.server.certificate).notBefore.rfc3339
        #expect(
            try await clientError(certificates)?.description == "handshake: certificate is not yet valid, "
                + "but from \(start) on; expected the clocks of both sides to agree"
        )
    }

    @Test func namesTheAuthorityThatHasExpired() async throws {
        let past = SystemClock().now() + .seconds(-20 * 86_400)
        let authority = try CertificateAuthority(commonName: "old authority", now: past, days: 10)
        let end = try CertificateInfo(pem: authority.identity.certificate).notAfter.rfc3339
        let server = try authority.issue(commonName: "server", names: ["localhost"], now: SystemClock().now())
        let context = try TLSContext.server(certificateChain: server.certificate, privateKey: server.privateKey)
        let client = try TLSContext.client(authorities: authority.identity.certificate)
        let error = try await onLoop { loop in
            try await TLSConnection.make(client: client, server: context, on: loop).clientError
        }
        #expect(
            error?.description == "handshake: certificate of the authority CN=old authority expired at \(end)"
        )
    }

    @Test func refusesACertificateThatSignedItself() async throws {
        let lone = try CertificateAuthority(commonName: "lone", now: SystemClock().now()).identity
        let server = try TLSContext.server(certificateChain: lone.certificate, privateKey: lone.privateKey)
        let client = try Certificates().clientContext()
        let error = try await onLoop { loop in
            try await TLSConnection.make(client: client, server: server, on: loop).clientError
        }
        #expect(
            error?.description == "handshake: certificate is self-signed by CN=lone, "
                + "expected one of a trusted authority, or itself among the trusted"
        )
    }

    @Test func refusesAChainThatEndsAtAStranger() async throws {
        let stranger = try Certificates()
        let chain = stranger.server.certificate + stranger.authority.identity.certificate
        let server = try TLSContext.server(certificateChain: chain, privateKey: stranger.server.privateKey)
        let trusted = try CertificateAuthority(commonName: "another", now: SystemClock().now())
        let client = try TLSContext.client(authorities: trusted.identity.certificate)
        let error = try await onLoop { loop in
            try await TLSConnection.make(client: client, server: server, on: loop).clientError
        }
        #expect(
            error?.description == "handshake: certificate of the authority CN=test authority is signed by an unknown "
                + "authority, issuer CN=test authority, expected one that is trusted"
        )
    }

    @Test func tellsTheFirstOfManyNames() async throws {
        let names = (1...20).map { "a\($0).example" }
        let error = try await clientError(Certificates(names: names))
        #expect(
            error?.reason == "certificate is not valid for localhost, but for "
                + names.prefix(8).joined(separator: ", ") + ", and 12 more"
        )
    }

    @Test(arguments: ["localhost.", "a.example.svc."])
    func theDotOfTheRootIsNoPartOfAName(host: String) async throws {
        #expect(try await clientError(Certificates(), host: host) == nil)
    }

    @Test(arguments: [("::1", "0:0:0:0:0:0:0:1"), ("fd00::a", "fd00:0::0A"), ("10.1.2.3", "10.1.2.3")])
    func comparesAddressesByTheirValue(name: String, host: String) async throws {
        #expect(try await clientError(Certificates(names: [name]), host: host) == nil)
    }

    @Test(arguments: [("*.svc", "a.svc"), ("*.example.svc", "*.b.example.svc")])
    func aWildcardStandsForOneLabelBelowAtLeastTwo(name: String, host: String) async throws {
        #expect(try await clientError(Certificates(names: [name]), host: host)?.code == .untrusted)
    }

    @Test func refusesAClientsCertificateOnAServer() async throws {
        let certificates = try Certificates()
        let client = try certificates.authority.issue(
            commonName: "client",
            names: ["localhost"],
            isClient: true,
            now: SystemClock().now()
        )
        let server = try TLSContext.server(certificateChain: client.certificate, privateKey: client.privateKey)
        let context = try certificates.clientContext()
        let error = try await onLoop { loop in
            try await TLSConnection.make(client: context, server: server, on: loop).clientError
        }
        #expect(error?.description == "handshake: certificate verify failed: unsuitable certificate purpose")
    }

    @Test func checksNothingWhenToldSo() async throws {
        let context = try TLSContext.client(skipsVerification: true)
        #expect(try await clientError(Certificates(issued: .seconds(-10 * 86_400)), client: context, host: "x") == nil)
    }

    @Test func theServerIsToldWhyItWasRefused() async throws {
        let server = try Certificates().serverContext()
        let client = try Certificates().clientContext()
        let error = try await onLoop { loop in
            try await TLSConnection.make(client: client, server: server, on: loop).serverError
        }
        #expect(error?.description == "handshake: tlsv1 alert unknown ca")
        #expect(error?.code == .handshake)
    }

    // MARK: Clients

    /// What the server says of a client with `identity`, and what of the handshake.
    private func admission(
        of identity: Identity?,
        to certificates: Certificates
    ) async throws -> (peer: String, error: String?) {
        let authorities = certificates.authority.identity.certificate
        let server = try certificates.serverContext(clientAuthorities: authorities)
        let client = try TLSContext.client(
            authorities: authorities,
            certificateChain: identity?.certificate,
            privateKey: identity?.privateKey
        )
        return try await onLoop { loop in
            let connection = try await TLSConnection.make(client: client, server: server, on: loop)
            let peer = connection.server.peer
            let names = peer.map { [$0.commonName ?? "-"] + $0.organizations } ?? ["nobody"]
            return (names.joined(separator: ", "), connection.serverError?.description)
        }
    }

    @Test func aServerSeesTheClientsNameAndOrganizations() async throws {
        let certificates = try Certificates()
        let client = try certificates.authority.issue(
            commonName: "kube-apiserver",
            names: [],
            organizations: ["system:masters", "zweite \u{e9}"],
            isClient: true,
            now: SystemClock().now()
        )
        let admission = try await admission(of: client, to: certificates)
        #expect(admission.peer == "kube-apiserver, system:masters, zweite \u{e9}")
        #expect(admission.error == nil)
    }

    @Test func aClientMayGoWithoutCertificate() async throws {
        let admission = try await admission(of: nil, to: Certificates())
        #expect(admission.peer == "nobody")
        #expect(admission.error == nil)
    }

    @Test func aClientWithoutCertificateIsRefusedWhereOneIsRequired() async throws {
        let certificates = try Certificates()
        let server = try certificates.requiringContext()
        let context = try certificates.clientContext()
        try await onLoop { loop in
            let connection = try await TLSConnection.make(client: context, server: server, on: loop)
            #expect(connection.serverError?.description == "handshake: peer did not return a certificate")
            // In TLS 1.3 the client has done its part before the server has seen it.
            #expect(connection.clientError == nil)
            let error = await #expect(throws: TLSError.self) { try await connection.client.read() }
            #expect(error?.reason.hasPrefix("the server wants a client certificate and got none") == true)
        }
    }

    @Test func aServerSeesTheNamesOfTheClient() async throws {
        let certificates = try Certificates()
        let identity = try certificates.authority.issue(
            commonName: "gateway",
            names: ["a.example", "10.0.0.1"],
            isClient: true,
            now: SystemClock().now()
        )
        let server = try certificates.requiringContext()
        let client = try TLSContext.client(
            authorities: certificates.authority.identity.certificate,
            certificateChain: identity.certificate,
            privateKey: identity.privateKey
        )
        let peer = try await onLoop { loop in
            try await TLSConnection.make(client: client, server: server, on: loop).server.peer
        }
        #expect(peer?.commonName == "gateway")
        #expect(peer?.names == ["a.example", "10.0.0.1"])
    }

    @Test func aClientOfAnotherAuthorityIsRefused() async throws {
        let stranger = try Certificates().authority
            .issue(commonName: "admin", names: [], isClient: true, now: SystemClock().now())
        let admission = try await admission(of: stranger, to: Certificates())
        #expect(admission.peer == "nobody")
        #expect(
            admission.error == "handshake: certificate verify failed: unable to get local issuer certificate"
        )
    }

    @Test func aServersCertificateIsNoClients() async throws {
        let certificates = try Certificates()
        let admission = try await admission(of: certificates.server, to: certificates)
        #expect(admission.peer == "nobody")
        #expect(admission.error == "handshake: certificate verify failed: unsuitable certificate purpose")
    }
}
