import HTTP
import HTTPTypes
import Platform
import Sockets
import TLS
import Testing

/// Certificates of both sides, seen through HTTP.
@Suite(.timeLimit(.minutes(1))) struct ServerTLSTests {
    private static let get = ClientRequest(method: .get, path: "/")

    /// Answers with what the client's certificate says of it.
    @Sendable private static func whoAmI(_ request: ServerRequest) async -> ServerResponse {
        let name = request.clientCommonName ?? "nobody"
        let text = ([name] + request.clientOrganizations + request.clientNames).joined(separator: ", ")
        return ServerResponse(status: .ok, body: .bytes(Array(text.utf8)))
    }

    @Test func theHandlerSeesWhoTheClientIs() async throws {
        let certificates = try Certificates()
        let authority = certificates.authority
        let client = try authority.issue(
            commonName: "system:kube-apiserver",
            names: ["api.example"],
            organizations: ["system:masters", "others"],
            isClient: true,
            now: SystemClock().now()
        )
        try await withServer(tls: certificates.serverContext(clients: true), handler: Self.whoAmI) { server, loops in
            let known = try TLSContext.client(
                authorities: authority.identity.certificate,
                certificateChain: client.certificate,
                privateKey: client.privateKey
            )
            let named = try await HTTPClient(server, tls: known, loops: loops).send(Self.get)
            let said = text(try await named.body.collect(upTo: 100))
            #expect(said == "system:kube-apiserver, system:masters, others, api.example")
            let unknown = HTTPClient(server, tls: try certificates.clientContext(), loops: loops)
            #expect(text(try await unknown.send(Self.get).body.collect(upTo: 100)) == "nobody")
        }
    }

    @Test func aClientOfAnotherAuthorityIsRefused() async throws {
        let certificates = try Certificates()
        let stranger = try CertificateAuthority(commonName: "strangers", now: SystemClock().now())
            .issue(commonName: "admin", names: [], isClient: true, now: SystemClock().now())
        try await withServer(tls: certificates.serverContext(clients: true), handler: Self.whoAmI) { server, loops in
            let context = try TLSContext.client(
                authorities: certificates.authority.identity.certificate,
                certificateChain: stranger.certificate,
                privateKey: stranger.privateKey
            )
            let client = HTTPClient(server, tls: context, loops: loops)
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
            #expect(
                error?.description == "read from 127.0.0.1:\(server.port): the server refused our client certificate: "
                    + "unknown authority, expected one issued by CN=test authority"
            )
            #expect(error?.code == .tls)
        }
    }

    @Test func aNewCertificateIsForNewConnections() async throws {
        let old = try Certificates()
        let new = try Certificates()
        try await withServer(tls: old.serverContext(), handler: Self.whoAmI) { server, loops in
            let before = HTTPClient(server, tls: try old.clientContext(), loops: loops)
            _ = try await before.send(Self.get).body.collect(upTo: 100)
            server.replaceTLS(try new.serverContext())
            let after = HTTPClient(server, tls: try new.clientContext(), loops: loops)
            _ = try await after.send(Self.get).body.collect(upTo: 100)
            // The open connection keeps its own.
            _ = try await before.send(Self.get).body.collect(upTo: 100)
            let late = HTTPClient(server, tls: try old.clientContext(), loops: loops)
            let error = await #expect(throws: HTTPError.self) { _ = try await late.send(Self.get) }
            #expect(
                error?.description == "connect to 127.0.0.1:\(server.port): certificate is signed by an unknown "
                    + "authority, issuer CN=test authority, expected one that is trusted"
            )
        }
    }

    @Test func aWrongHostIsNamedTogetherWithTheRightOnes() async throws {
        let certificates = try Certificates(names: ["localhost", "gate.example.svc", "::1"])
        try await withServer(tls: certificates.serverContext(), handler: Self.whoAmI) { server, loops in
            let context = try certificates.clientContext()
            let address = HTTPClient(server, tls: context, loops: loops)
            let first = await #expect(throws: HTTPError.self) { _ = try await address.send(Self.get) }
            #expect(
                first?.description == "connect to 127.0.0.1:\(server.port): certificate is not valid for 127.0.0.1, "
                    + "but for localhost, gate.example.svc, ::1"
            )
            let other = HTTPClient(server, tls: context, host: "other.example", loops: loops)
            let second = await #expect(throws: HTTPError.self) { _ = try await other.send(Self.get) }
            #expect(
                second?.description == "connect to other.example:\(server.port): certificate is not valid for "
                    + "other.example, but for localhost, gate.example.svc, ::1"
            )
            #expect(second?.code == .tls)
            let right = HTTPClient(server, tls: context, host: "gate.example.svc", loops: loops)
            #expect(try await right.send(Self.get).head.status == .ok)
        }
    }

    @Test func plainHTTPIsToldThatItIsWrongHere() async throws {
        let certificates = try Certificates()
        try await withServer(tls: certificates.serverContext(), handler: Self.whoAmI) { server, loops in
            let plain = HTTPClient(server, tls: nil, loops: loops)
            let response = try await plain.send(Self.get)
            #expect(response.head.status == .badRequest)
            #expect(text(try await response.body.collect(upTo: 100)) == "HTTP without TLS, expected HTTPS\n")
        }
    }

    @Test func bytesThatAreNoTLSEndTheConnectionAlone() async throws {
        let certificates = try Certificates()
        try await withServer(tls: certificates.serverContext(), handler: Self.whoAmI) { server, loops in
            for bytes in [[UInt8](repeating: 0, count: 100), [0x16, 3, 1, 0xff, 0xff, 1], Array("SSH-2.0-x\r\n".utf8)] {
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send(bytes)
                connection.finishWriting()
                // An alert at most; a reset where bytes were left unread.
                do { #expect(!(try await connection.readToEnd().contains("HTTP"))) } catch is SocketError {}
            }
            let client = HTTPClient(server, tls: try certificates.clientContext(), loops: loops)
            #expect(try await client.send(Self.get).head.status == .ok)
        }
    }

    @Test func tlsSpokenToAPlainPortIsAnError() async throws {
        let certificates = try Certificates()
        try await withServer(handler: Self.whoAmI) { server, loops in
            let client = HTTPClient(server, tls: try certificates.clientContext(), loops: loops)
            await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
        }
    }
}
