import HTTP
import HTTPTypes
import Platform
import Sockets
import TLS
import Testing

/// What a client says of each way in which TLS fails: one line that names host and port.
@Suite(.timeLimit(.minutes(1))) struct ClientTLSFailureTests {
    private static let get = ClientRequest(method: .get, path: "/")

    /// The error of a request over TLS to a server with `certificates`, with `PORT` for its port.
    private func error(
        of certificates: Certificates,
        trusting context: TLSContext? = nil,
        host: String = "127.0.0.1"
    ) async throws -> String {
        let context = try context ?? certificates.clientContext()
        return try await withServer(tls: certificates.serverContext(), handler: mirror) { server, loops in
            let client = HTTPClient(server, tls: context, host: host, loops: loops)
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
            #expect(error?.code == .tls)
            return error?.description.replacing(":\(server.port)", with: ":PORT") ?? ""
        }
    }

    /// The error of a request over TLS to a server that plays `part`, with `PORT` for its port.
    private func error(of part: [RawServer.Step], timeout: Duration = .seconds(30)) async throws -> HTTPError {
        let context = try Certificates().clientContext()
        return try await RawServer.playing([part], tls: context) { (client, server) async throws in
            let request = ClientRequest(method: .get, path: "/", timeout: timeout)
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(request) }
            return HTTPError(
                code: error?.code ?? .malformed,
                operation: error?.operation.replacing(":\(server.port)", with: ":PORT") ?? "",
                reason: error?.reason ?? ""
            )
        }
    }

    @Test func anExpiredCertificate() async throws {
        let certificates = try Certificates(issued: .seconds(-10 * 86_400), days: 1)
        let end = try CertificateInfo(pem: certificates.server.certificate).notAfter.rfc3339
        #expect(try await error(of: certificates) == "connect to 127.0.0.1:PORT: certificate expired at \(end)")
    }

    @Test func aCertificateOfTheFuture() async throws {
        let certificates = try Certificates(issued: .seconds(10 * 86_400))
        let start = try CertificateInfo(pem: certificates.server.certificate).notBefore.rfc3339
        #expect(
            try await error(of: certificates) == "connect to 127.0.0.1:PORT: certificate is not yet valid, "
                + "but from \(start) on; expected the clocks of both sides to agree"
        )
    }

    @Test func aCertificateForOtherHosts() async throws {
        #expect(
            try await error(of: Certificates(names: ["a.example", "::1"]), host: "b.example")
                == "connect to b.example:PORT: certificate is not valid for b.example, but for a.example, ::1"
        )
    }

    @Test func aCertificateOfAnUnknownAuthority() async throws {
        let trusted = try CertificateAuthority(commonName: "another", now: SystemClock().now())
        let context = try TLSContext.client(authorities: trusted.identity.certificate)
        #expect(
            try await error(of: Certificates(), trusting: context) == "connect to 127.0.0.1:PORT: certificate is "
                + "signed by an unknown authority, issuer CN=test authority, expected one that is trusted"
        )
    }

    @Test(
        arguments: [
            (
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "the server speaks HTTP without TLS, expected TLS; for this port the URL begins with http://"
            ), ("SSH-2.0-OpenSSH_9.2p1\r\n", "the server does not speak TLS"),
            // Fatal alerts: protocol version, handshake failure, no application protocol, unrecognized name.
            (
                "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{46}",
                "no TLS version in common with the server, expected TLS 1.2 or 1.3"
            ),
            (
                "\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{28}",
                "no cipher, group or signature algorithm in common with the server"
            ), ("\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{78}", "the server speaks no HTTP/1.1 (ALPN)"),
            ("\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{70}", "the server knows no host of that name (SNI)"),
        ]
    )
    func aServerThatAnswersSomethingElse(answer: String, reason: String) async throws {
        let error = try await error(of: [.send(answer), .untilClosed(Gate())])
        #expect(error.description == "connect to 127.0.0.1:PORT: \(reason)")
        #expect(error.code == .tls)
    }

    @Test func aConnectionThatIsClosedInTheHandshake() async throws {
        let error = try await error(of: [])
        // A reset or an end: what the server had not read decides.
        let start = "connect to 127.0.0.1:PORT: the server closed the connection within the TLS handshake ("
        #expect(error.description.hasPrefix(start))
        #expect(error.code == .closed)
    }

    @Test func aServerThatDoesNotAnswerTheHandshake() async throws {
        let error = try await error(of: [.untilClosed(Gate())], timeout: .milliseconds(250))
        #expect(
            error.description == "connect to 127.0.0.1:PORT: no answer to the TLS handshake, "
                + "expected the call to be done within 250ms"
        )
        #expect(error.code == .timeout)
    }

    @Test(arguments: ["\u{15}\u{3}\u{3}\0\u{2}\u{2}\u{46}", "\u{16}\u{3}\u{1}\0\u{1}\u{1}"])
    func aServerThatWantsTLS(answer: String) async throws {
        try await RawServer.playing([[.answer(answer)]]) { (client, server) async throws in
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
            #expect(
                error?.description == "read from 127.0.0.1:\(server.port): TLS in place of HTTP; "
                    + "for this port the URL begins with https://"
            )
        }
    }
}
