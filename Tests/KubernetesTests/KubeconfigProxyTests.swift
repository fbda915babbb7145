import HTTP
import JSON
import Kubernetes
import Sockets
import Testing

/// Which proxy leads to the API server: seen by whom the error names, as nobody listens at any of them.
@Suite(.timeLimit(.minutes(1))) struct KubeconfigProxyTests {
    private static let environment = ["HTTP_PROXY": "http://127.0.0.1:2", "NO_PROXY": "direct.test"]

    /// What a write to the API server at `host` fails with.
    private func failure(_ host: String, proxy: ClientProxy? = nil) async throws -> String {
        let endpoint = HTTPEndpoint(isSecure: false, host: host, port: 8_080)
        let loops = EventLoopGroup(count: 1)
        let client = try Kubeconfig(endpoint: endpoint, proxy: proxy)
            .makeClient(loops: loops, proxies: ProxySettings(environment: Self.environment))
        let error = await #expect(throws: KubernetesError.self) {
            try await client.delete(.pods, ObjectKey(namespace: "test", name: "a"))
        }
        await Task.detached { loops.shutdown() }.value
        return error?.message ?? ""
    }

    @Test func theEnvironmentsProxyIsAsked() async throws {
        #expect(
            try await failure("api.test")
                == "connect to api.test:8080 through proxy http://127.0.0.1:2: connection refused"
        )
    }

    @Test func theKubeconfigsOwnGoesBeforeIt() async throws {
        #expect(
            try await failure("api.test", proxy: ClientProxy(url: "http://127.0.0.1:1"))
                == "connect to api.test:8080 through proxy http://127.0.0.1:1: connection refused"
        )
    }

    @Test func theKubeconfigsOwnKnowsNoExclusions() async throws {
        #expect(
            try await failure("direct.test", proxy: ClientProxy(url: "http://127.0.0.1:1"))
                == "connect to direct.test:8080 through proxy http://127.0.0.1:1: connection refused"
        )
    }

    @Test func thisMachineIsReachedStraight() async throws {
        #expect(try await failure("127.0.0.1").hasPrefix("connect to 127.0.0.1:8080: "))
    }
}
