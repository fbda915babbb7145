import COpenSSL
import Platform
import Sockets
import TLS
import Testing

/// What a client says of a server that refuses it, or that it cannot follow.
@Suite(.timeLimit(.minutes(1))) struct HandshakeRefusalTests {
    /// What the client says of the handshake, or of its first read.
    private func clientError(
        _ manner: OpenSSLServer.Manner,
        client identity: ((Certificates) throws -> Identity)? = nil,
        skipsVerification: Bool = false
    ) async throws -> String? {
        let certificates = try Certificates()
        let own = try identity?(certificates)
        let context = try TLSContext.client(
            authorities: skipsVerification ? nil : certificates.authority.identity.certificate,
            certificateChain: own?.certificate,
            privateKey: own?.privateKey,
            skipsVerification: skipsVerification
        )
        return try await onLoop { loop in
            let (near, far) = try await connectedPair(on: loop)
            let session = try TLSSession.client(context, socket: near, host: "localhost")
            let client = TLSEnd(Socket(adopting: near), session, loop: loop)
            let server = try OpenSSLServer(far, certificates, manner, loop: loop)
            async let served: Void = server.handshake()
            let error = await client.handshake()
            await served
            if let error { return error.description }
            // In TLS 1.3 the client is done before the server has judged it.
            guard manner.wantsCertificate else { return nil }
            do {
                _ = try await client.read()
                return nil
            } catch { return "\(error)" }
        }
    }

    @Test(arguments: [TLS1_VERSION, TLS1_1_VERSION])
    func aServerOfOldVersionsHasNoneInCommon(version: Int32) async throws {
        #expect(
            try await clientError(OpenSSLServer.Manner(newest: version))
                == "handshake: no TLS version in common with the server, expected TLS 1.2 or 1.3"
        )
    }

    @Test func aServerWithoutOurCiphersHasNothingInCommon() async throws {
        // Its certificate is ECDSA, which this cipher cannot use.
        let manner = OpenSSLServer.Manner(newest: TLS1_2_VERSION, ciphers: "ECDHE-RSA-AES128-GCM-SHA256")
        #expect(
            try await clientError(manner)
                == "handshake: no cipher, group or signature algorithm in common with the server"
        )
    }

    @Test(arguments: [(TLS1_2_VERSION, "handshake"), (TLS1_3_VERSION, "read")])
    func aServerThatWantsACertificateSaysOfWhom(version: Int32, operation: String) async throws {
        let manner = OpenSSLServer.Manner(newest: version, wantsCertificate: true)
        #expect(
            try await clientError(manner) == "\(operation): the server wants a client certificate and got none, "
                + "expected one issued by CN=test authority"
        )
    }

    @Test(arguments: [(TLS1_2_VERSION, "handshake"), (TLS1_3_VERSION, "read")])
    func aClientThatChecksNothingHearsOfItToo(version: Int32, operation: String) async throws {
        let manner = OpenSSLServer.Manner(newest: version, wantsCertificate: true)
        #expect(
            try await clientError(manner, skipsVerification: true)
                == "\(operation): the server wants a client certificate and got none, "
                + "expected one issued by CN=test authority"
        )
    }

    @Test(arguments: [(TLS1_2_VERSION, "handshake"), (TLS1_3_VERSION, "read")])
    func aCertificateThatIsRefusedIsKnownFromNone(version: Int32, operation: String) async throws {
        let manner = OpenSSLServer.Manner(newest: version, wantsCertificate: true)
        let error = try await clientError(manner) { _ in
            try CertificateAuthority(commonName: "strangers", now: SystemClock().now())
                .issue(commonName: "me", names: [], isClient: true, now: SystemClock().now())
        }
        #expect(
            error == "\(operation): the server refused our client certificate: unknown authority, "
                + "expected one issued by CN=test authority"
        )
    }

    @Test(arguments: [(TLS1_2_VERSION, "handshake"), (TLS1_3_VERSION, "read")])
    func aCertificateThatHasExpiredIsCalledSo(version: Int32, operation: String) async throws {
        let manner = OpenSSLServer.Manner(newest: version, wantsCertificate: true)
        let error = try await clientError(manner) { certificates in
            let past = SystemClock().now() + .seconds(-10 * 86_400)
            return try certificates.authority.issue(commonName: "me", names: [], isClient: true, now: past, days: 1)
        }
        #expect(
            error == "\(operation): the server refused our client certificate: it has expired, "
                + "expected one issued by CN=test authority"
        )
    }
}
