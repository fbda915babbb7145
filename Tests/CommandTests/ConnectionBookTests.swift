import HTTP
import HTTPTypes
import Platform
import Sockets
import Testing
import canarygate

/// Which way leads to hooks and metric servers: seen by whom the error names, as nobody listens anywhere.
@Suite(.timeLimit(.minutes(1))) struct ConnectionBookTests {
    /// What a request to `url` fails with.
    private func failure(_ url: String) async throws -> String {
        let endpoint = try #require(HTTPEndpoint(url: url))
        let loops = EventLoopGroup(count: 1)
        let book = ConnectionBook(
            loops: loops,
            addresses: try AddressBook(["loadtester.test:80=127.0.0.1:2"]),
            proxies: try ProxySettings(environment: ["HTTP_PROXY": "127.0.0.1:1", "NO_PROXY": ".svc"])
        )
        let error = await #expect(throws: HTTPError.self) {
            _ = try await book.client(of: endpoint).send(ClientRequest(method: .get, path: "/"))
        }
        await Task.detached { loops.shutdown() }.value
        return error?.description ?? ""
    }

    @Test func aServerIsReachedThroughTheProxy() async throws {
        #expect(
            try await failure("http://prometheus.test:9090")
                == "connect to prometheus.test:9090 through proxy http://127.0.0.1:1: connection refused"
        )
    }

    @Test func whatTheAddressBookHasIsReachedStraight() async throws {
        #expect(try await failure("http://loadtester.test") == "connect to loadtester.test:80: connection refused")
    }
}
