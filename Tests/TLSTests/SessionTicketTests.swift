import COpenSSL
import Platform
import Sockets
import Testing

@testable import TLS

/// Sessions that go on from earlier ones.
@Suite(.timeLimit(.minutes(1))) struct SessionTicketTests {
    /// What came of one connection.
    struct Visit: Sendable {
        let error: TLSError?
        let isResumed: Bool
        let peer: PeerIdentity?
        let ticketCount: Int
        let ticket: SessionTicket?
    }

    /// Connects to `server`, reads something, which brings the ticket along, and leaves.
    private func visit(
        _ server: TLSContext,
        newest version: Int32,
        as identity: Identity? = nil,
        with ticket: SessionTicket? = nil
    ) async throws -> Visit {
        try await onLoop { loop in
            let (near, far) = try await connectedPair(on: loop)
            let client = try OpenSSLClient(near, newest: version, identity: identity, ticket: ticket, loop: loop)
            let end = TLSEnd(Socket(adopting: far), try TLSSession.server(server, socket: far), loop: loop)
            async let said = client.handshake()
            let error = await end.handshake()
            _ = await said
            guard error == nil else {
                return Visit(error: error, isResumed: false, peer: nil, ticketCount: 0, ticket: nil)
            }
            try await end.write("welcome")
            #expect(await client.read() == "welcome")
            #expect(end.isResumed == client.isResumed)
            return Visit(
                error: nil,
                isResumed: end.isResumed,
                peer: end.peer,
                ticketCount: client.ticketCount,
                ticket: try client.ticket()
            )
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func aTicketIsGoodForAnotherSession(version: Int32) async throws {
        let server = try Certificates().serverContext()
        let first = try await visit(server, newest: version)
        #expect(!first.isResumed)
        let second = try await visit(server, newest: version, with: first.ticket)
        #expect(second.isResumed)
        let third = try await visit(server, newest: version, with: second.ticket)
        #expect(third.isResumed)
    }

    @Test func oneTicketIsSent() async throws {
        let server = try Certificates().serverContext()
        #expect(try await visit(server, newest: TLS1_3_VERSION).ticketCount == 1)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func aResumedSessionKnowsTheClient(version: Int32) async throws {
        let certificates = try Certificates()
        let server = try certificates.requiringContext()
        let identity = try certificates.authority.issue(
            commonName: "kube-apiserver",
            names: ["api.example"],
            organizations: ["system:masters"],
            isClient: true,
            now: SystemClock().now()
        )
        let first = try await visit(server, newest: version, as: identity)
        #expect(first.peer?.commonName == "kube-apiserver")
        let second = try await visit(server, newest: version, with: first.ticket)
        #expect(second.isResumed)
        #expect(second.peer == first.peer)
        #expect(second.peer?.names == ["api.example"])
        #expect(second.peer?.organizations == ["system:masters"])
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func aTicketIsOfNoUseToAnotherContext(version: Int32) async throws {
        let certificates = try Certificates()
        let first = try await visit(certificates.serverContext(), newest: version)
        let second = try await visit(certificates.serverContext(), newest: version, with: first.ticket)
        #expect(second.error == nil)
        #expect(!second.isResumed)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func aTicketIsNoWayRoundAnotherAuthority(version: Int32) async throws {
        let certificates = try Certificates()
        let identity = try certificates.authority
            .issue(commonName: "client", names: [], isClient: true, now: SystemClock().now())
        let first = try await visit(certificates.requiringContext(), newest: version, as: identity)
        let others = try Certificates().requiringContext()
        let second = try await visit(others, newest: version, as: identity, with: first.ticket)
        #expect(second.error?.code == .untrusted)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func aClientWhoseCertificateHasExpiredSinceIsAskedAgain(version: Int32) async throws {
        let then = SystemClock().now() + .seconds(-2 * 86_400)
        let clients = try CertificateAuthority(commonName: "clients", now: then)
        let old = try clients.issue(commonName: "client", names: [], isClient: true, now: then, days: 1)
        let certificates = try Certificates()
        let server = try TLSContext.server(
            certificateChain: certificates.server.certificate,
            privateKey: certificates.server.privateKey,
            clientAuthorities: clients.identity.certificate,
            requiresClientCertificate: true
        )
        // The server that checks the certificate lives two days ago; the one that is handed the ticket lives now.
        X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(server.pointer), Int(then.seconds))
        let first = try await visit(server, newest: version, as: old)
        #expect(first.peer?.commonName == "client")
        let second = try await visit(server, newest: version, as: old, with: first.ticket)
        #expect(second.error == nil)
        #expect(!second.isResumed)
    }
}
