import COpenSSL
import Platform
import Sockets
import TLS
import Testing

/// Which suites and curves a server agrees to, asked by a client that knows all of OpenSSL's.
@Suite(.timeLimit(.minutes(1))) struct CipherPolicyTests {
    /// The kind of key that a server has.
    enum Key: Sendable {
        case ecdsa
        case rsa

        func context() throws -> TLSContext {
            switch self {
            case .ecdsa: return try Certificates().serverContext()
            case .rsa:
                let identity = try RSAIdentity.make()
                return try .server(certificateChain: identity.certificate, privateKey: identity.privateKey)
            }
        }
    }

    /// The suite that was agreed on or the client's error, and the server's error.
    private func handshake(
        _ key: Key = .ecdsa,
        newest version: Int32 = TLS1_2_VERSION,
        suites: String? = nil,
        groups: String? = nil
    ) async throws -> (client: String, server: String?) {
        let context = try key.context()
        return try await onLoop { loop in
            let (near, far) = try await connectedPair(on: loop)
            let client = try OpenSSLClient(near, newest: version, suites: suites, groups: groups, loop: loop)
            let server = TLSEnd(Socket(adopting: far), try TLSSession.server(context, socket: far), loop: loop)
            async let said = client.handshake()
            let error = await server.handshake()
            let result = await said
            return (error == nil ? client.suite : result, error?.description)
        }
    }

    @Test(arguments: [
        (Key.ecdsa, "ECDHE-ECDSA-AES128-GCM-SHA256"), (.ecdsa, "ECDHE-ECDSA-AES256-GCM-SHA384"),
        (.ecdsa, "ECDHE-ECDSA-CHACHA20-POLY1305"), (.rsa, "ECDHE-RSA-AES128-GCM-SHA256"),
        (.rsa, "ECDHE-RSA-AES256-GCM-SHA384"), (.rsa, "ECDHE-RSA-CHACHA20-POLY1305"),
    ])
    func agreesToForwardSecrecyWithAuthenticatedEncryption(key: Key, suite: String) async throws {
        let said = try await handshake(key, suites: suite)
        #expect(said.client == suite)
        #expect(said.server == nil)
    }

    @Test(arguments: [
        (Key.ecdsa, "ECDHE-ECDSA-AES128-SHA"), (.ecdsa, "ECDHE-ECDSA-AES256-SHA384"),
        (.ecdsa, "ECDHE-ECDSA-AES128-CCM"),
        (.rsa, "ECDHE-RSA-AES128-SHA256"), (.rsa, "AES128-GCM-SHA256"), (.rsa, "AES256-SHA"),
    ])
    func refusesEveryOtherSuite(key: Key, suite: String) async throws {
        let said = try await handshake(key, suites: suite)
        #expect(said.server == "handshake: no shared cipher")
        #expect(said.client == "sslv3 alert handshake failure")
    }

    @Test(arguments: ["X25519", "P-256", "P-384"], [TLS1_2_VERSION, TLS1_3_VERSION])
    func agreesToACommonCurve(group: String, version: Int32) async throws {
        // The certificate's own curve is offered, too: TLS 1.2 asks for it.
        let said = try await handshake(newest: version, groups: group == "P-256" ? group : "\(group):P-256")
        #expect(said.server == nil)
    }

    @Test(arguments: [
        (TLS1_2_VERSION, "P-521", "no shared cipher"), (TLS1_3_VERSION, "P-521", "no suitable key share"),
        (TLS1_3_VERSION, "X448", "no suitable key share"), (TLS1_3_VERSION, "ffdhe2048", "no suitable key share"),
    ])
    func refusesAnyOtherCurve(version: Int32, group: String, reason: String) async throws {
        #expect(try await handshake(newest: version, groups: group).server == "handshake: \(reason)")
    }

    @Test func theServersOrderCounts() async throws {
        let suites = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256"
        #expect(try await handshake(suites: suites).client == "ECDHE-ECDSA-AES128-GCM-SHA256")
        #expect(try await handshake(newest: TLS1_3_VERSION).client == "TLS_AES_128_GCM_SHA256")
    }

    @Test func aClientWithoutAESInHardwareHasItsWay() async throws {
        let suites = "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256"
        #expect(try await handshake(suites: suites).client == "ECDHE-ECDSA-CHACHA20-POLY1305")
    }
}
