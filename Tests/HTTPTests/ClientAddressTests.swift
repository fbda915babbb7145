import HTTP
import HTTPTypes
import Sockets
import TLS
import Testing

/// Servers at IPv6 addresses, and names that have several.
@Suite(.timeLimit(.minutes(1))) struct ClientAddressTests {
    private static let hasIPv6: Bool = {
        guard let address = SocketAddress(numericHost: "::1", port: 0) else { return false }
        do {
            _ = try Socket.listening(on: address)
            return true
        } catch { return false }
    }()

    /// Answers with the host that was asked for.
    @Sendable private static func whoAmI(_ request: ServerRequest) async -> ServerResponse {
        ServerResponse(status: .ok, body: .bytes(Array((request.head.authority ?? "").utf8)))
    }

    @Test(.enabled(if: hasIPv6), arguments: [false, true])
    func reachesAServerAtAnIPv6Address(isSecure: Bool) async throws {
        let certificates = try Certificates(names: ["::1"])
        try await withServer(
            tls: isSecure ? certificates.serverContext() : nil,
            configure: setting(\.address, "[::1]:0"),
            handler: Self.whoAmI
        ) { server, loops in
            let endpoint = HTTPEndpoint(isSecure: isSecure, host: "::1", port: server.port)
            let context = try isSecure ? certificates.clientContext() : nil
            let client = HTTPClient(endpoint: endpoint, tls: context, loops: loops)
            let response = try await client.send(ClientRequest(method: .get, path: "/"))
            #expect(text(try await response.body.collect(upTo: 100)) == "[::1]:\(server.port)")
        }
    }

    @Test(
        arguments: [
            ([], []), (["10.0.0.1", "10.0.0.2"], ["10.0.0.1", "10.0.0.2"]),
            (["fd00::1", "fd00::2", "10.0.0.1", "10.0.0.2"], ["fd00::1", "10.0.0.1", "fd00::2", "10.0.0.2"]),
            (["10.0.0.1", "fd00::1", "fd00::2", "fd00::3"], ["10.0.0.1", "fd00::1", "fd00::2", "fd00::3"]),
        ] as [([String], [String])]
    )
    func theFamiliesTakeTurns(addresses: [String], expected: [String]) {
        func parsed(_ texts: [String]) -> [SocketAddress] {
            texts.compactMap { SocketAddress(numericHost: $0, port: 80) }
        }
        #expect(ClientDialer.alternating(parsed(addresses)) == parsed(expected))
    }
}
