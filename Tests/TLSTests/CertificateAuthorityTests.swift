import Platform
import TLS
import Testing

@Suite(.timeLimit(.minutes(1))) struct CertificateAuthorityTests {
    /// 2026-11-25T04:00:00Z.
    private static let now = Timestamp(seconds: 1_795_579_200)

    @Test func aCertificateSaysWhatItWasIssuedWith() throws {
        let authority = try CertificateAuthority(commonName: "root", now: Self.now)
        let issued = try authority.issue(
            commonName: "gate",
            names: ["gate.svc", "*.gate.svc", "10.0.0.1", "2001:db8::1"],
            organizations: ["one", "two"],
            now: Self.now,
            days: 30
        )
        let info = try CertificateInfo(pem: issued.certificate)
        #expect(info.commonName == "gate")
        #expect(info.organizations == ["one", "two"])
        #expect(info.names == ["gate.svc", "*.gate.svc", "10.0.0.1", "2001:db8::1"])
        #expect(info.notBefore == Self.now + .seconds(-3_600))
        #expect(info.notAfter == Self.now + .seconds(30 * 86_400))
    }

    @Test func theAuthoritysOwnCertificateHasNoNames() throws {
        let authority = try CertificateAuthority(commonName: "root", now: Self.now, days: 10)
        let info = try CertificateInfo(pem: authority.identity.certificate)
        #expect(info.commonName == "root")
        #expect(info.organizations.isEmpty)
        #expect(info.names.isEmpty)
        #expect(info.notAfter == Self.now + .seconds(10 * 86_400))
    }

    @Test func noCertificateOutlivesItsAuthority() throws {
        let authority = try CertificateAuthority(commonName: "root", now: Self.now, days: 10)
        let issued = try authority.issue(commonName: "gate", names: ["gate"], now: Self.now, days: 365)
        #expect(try CertificateInfo(pem: issued.certificate).notAfter == Self.now + .seconds(10 * 86_400))
    }

    @Test func goesOnFromItsTexts() async throws {
        let now = SystemClock().now()
        let first = try CertificateAuthority(commonName: "root", now: now)
        let second = try CertificateAuthority(identity: first.identity)
        let issued = try second.issue(commonName: "server", names: ["localhost"], now: now)
        let server = try TLSContext.server(certificateChain: issued.certificate, privateKey: issued.privateKey)
        let client = try TLSContext.client(authorities: first.identity.certificate)
        let error = try await onLoop { loop in
            try await TLSConnection.make(client: client, server: server, on: loop).clientError
        }
        #expect(error == nil)
    }

    @Test func noTwoCertificatesAreTheSame() throws {
        let authority = try CertificateAuthority(commonName: "root", now: Self.now)
        let one = try authority.issue(commonName: "a", names: ["a"], now: Self.now)
        let two = try authority.issue(commonName: "a", names: ["a"], now: Self.now)
        #expect(one.certificate != two.certificate)
        #expect(one.privateKey != two.privateKey)
    }

    @Test func refusesAKeyOfAnotherAuthority() throws {
        let one = try CertificateAuthority(commonName: "one", now: Self.now).identity
        let two = try CertificateAuthority(commonName: "two", now: Self.now).identity
        let mixed = Identity(certificate: one.certificate, privateKey: two.privateKey)
        let error = #expect(throws: TLSError.self) { try CertificateAuthority(identity: mixed) }
        #expect(error?.description == "read authority: the private key is not the certificate's")
    }

    @Test func refusesACertificateThatMaySignNothing() throws {
        let issued = try CertificateAuthority(commonName: "root", now: Self.now)
            .issue(commonName: "gate", names: ["gate"], now: Self.now)
        let error = #expect(throws: TLSError.self) { try CertificateAuthority(identity: issued) }
        #expect(error?.description == "read authority: the certificate is not an authority's, expected CA:TRUE")
    }

    @Test(arguments: [
        "", "a b", "a,DNS:b", "a..b", ".a", "a.", "*", "*a", "a.*", "\u{e9}.example", "a\n", "10.0.0.1:80",
    ])
    func refusesWhatIsNoName(name: String) throws {
        let authority = try CertificateAuthority(commonName: "root", now: Self.now)
        let error = #expect(throws: TLSError.self) {
            try authority.issue(commonName: "gate", names: [name], now: Self.now)
        }
        #expect(
            error?.description
                == "issue certificate for \(name): not a name, expected a DNS name or an IP address"
        )
    }

    @Test func refusesASubjectThatIsTooLong() throws {
        let name = String(repeating: "x", count: 65)
        let error = #expect(throws: TLSError.self) { try CertificateAuthority(commonName: name, now: Self.now) }
        #expect(error?.description == "set subject \(name): string too long")
    }

    @Test func readsNoCertificateOutOfAnythingElse() throws {
        let key = try CertificateAuthority(commonName: "root", now: Self.now).identity.privateKey
        for text in [[], Array("hello".utf8), key] {
            let error = #expect(throws: TLSError.self) { try CertificateInfo(pem: text) }
            #expect(error?.code == .badCertificate)
            #expect(error?.description == "read certificate: no start line, expected a certificate in PEM")
        }
    }
}
