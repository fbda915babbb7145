import COpenSSL
import Platform
import Sockets
import TLS
import Testing

/// Versions and ALPN, with a client that offers what ours does not.
@Suite(.timeLimit(.minutes(1))) struct TLSVersionTests {
    /// What both sides say of a handshake with a client of at most `version`.
    private func handshake(
        newest version: Int32,
        protocols: [String] = []
    ) async throws -> (client: String, server: String) {
        let context = try Certificates().serverContext()
        return try await onLoop { loop in
            let (near, far) = try await connectedPair(on: loop)
            let client = try OpenSSLClient(near, newest: version, protocols: protocols, loop: loop)
            let server = TLSEnd(Socket(adopting: far), try TLSSession.server(context, socket: far), loop: loop)
            async let said = client.handshake()
            let error = await server.handshake()
            let name = server.applicationProtocol.map { " " + $0 } ?? ""
            return (await said, error?.description ?? server.version + name)
        }
    }

    @Test(arguments: [(TLS1_2_VERSION, "TLSv1.2"), (TLS1_3_VERSION, "TLSv1.3")])
    func agreesOnAModernVersion(version: Int32, name: String) async throws {
        let said = try await handshake(newest: version)
        #expect(said.client == name)
        #expect(said.server == name)
    }

    @Test(arguments: [TLS1_VERSION, TLS1_1_VERSION])
    func refusesAnOldVersion(version: Int32) async throws {
        let said = try await handshake(newest: version)
        #expect(said.server == "handshake: unsupported protocol")
        #expect(said.client == "tlsv1 alert protocol version")
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func picksHTTP11OutOfAList(version: Int32) async throws {
        let name = version == TLS1_3_VERSION ? "TLSv1.3" : "TLSv1.2"
        let said = try await handshake(newest: version, protocols: ["h2", "http/1.1"])
        #expect(said.client == "\(name) http/1.1")
        #expect(said.server == "\(name) http/1.1")
    }

    @Test(arguments: [["h2"], ["http/1.0"], ["http/1.1x", "h"]], [TLS1_2_VERSION, TLS1_3_VERSION])
    func refusesAListWithoutHTTP11(protocols: [String], version: Int32) async throws {
        let said = try await handshake(newest: version, protocols: protocols)
        #expect(said.client == "tlsv1 alert no application protocol")
        #expect(said.server == "handshake: no application protocol")
    }
}
