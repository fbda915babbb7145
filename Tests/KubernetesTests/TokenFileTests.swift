import HTTP
import HTTPTypes
import Kubernetes
import Platform
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TokenFileTests {
    private let clock = ManualClock()
    private let folder: TemporaryFolder

    private let authorization: (@Sendable () async throws -> String?)?

    init() throws {
        folder = try TemporaryFolder()
        let endpoint = HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: 6443)
        authorization = Kubeconfig(endpoint: endpoint, token: "inline", tokenFile: "\(folder.path)/token")
            .authorization(clock: clock)
    }

    @Test func readsTheFileAgainAfterAMinute() async throws {
        try folder.write("one\n", to: "token")
        #expect(try await authorization?() == "Bearer one")
        try folder.write("two", to: "token")
        clock.advance(by: .seconds(59))
        #expect(try await authorization?() == "Bearer one")
        clock.advance(by: .seconds(1))
        #expect(try await authorization?() == "Bearer two")
    }

    @Test(arguments: [nil, "", " \n"])
    func keepsTheLastTokenWhileTheFileHasNone(text: String?) async throws {
        try folder.write("one", to: "token")
        #expect(try await authorization?() == "Bearer one")
        try folder.remove("token")
        if let text { try folder.write(text, to: "token") }
        clock.advance(by: .seconds(61))
        #expect(try await authorization?() == "Bearer one")
        try folder.write("two", to: "token")
        #expect(try await authorization?() == "Bearer two")
    }

    @Test func saysThatThereNeverWasAToken() async throws {
        let path = "\(folder.path)/token"
        await #expect(throws: FileStore.Failure(operation: "read", path: path, reason: "no such file or directory")) {
            try await authorization?()
        }
        try folder.write("\n", to: "token")
        await #expect(throws: FileStore.Failure(operation: "read", path: path, reason: "empty, expected a token")) {
            try await authorization?()
        }
    }

    @Test func sendsNoTokenInTheClear() {
        let endpoint = HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: 8080)
        let config = Kubeconfig(endpoint: endpoint, token: "inline", tokenFile: "\(folder.path)/token")
        #expect(config.authorization(clock: clock) == nil)
    }

    @Test func readsTheFileAtOnceAfterA401() async throws {
        try folder.write("one", to: "token")
        let unauthorized = ServerResponse.failure(401, "Unauthorized", "Unauthorized")
        let server = ScriptedServer([.json(configMap("a")), unauthorized, .json(configMap("b")), unauthorized])
        let loopback = try LoopbackServer(server, tls: TestCertificates().server)
        let config = Kubeconfig(
            endpoint: loopback.endpoint,
            tokenFile: "\(folder.path)/token",
            skipsVerification: true
        )
        let client = try config.makeClient(loops: loopback.loops, clock: clock)
        #expect(try await client.get(.configMaps, test).name == "a")
        try folder.write("two", to: "token")
        #expect(try await client.get(.configMaps, test).name == "b")
        // Refused, and there is no other.
        let error = await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        #expect(error?.code == 401)
        #expect(
            server.received.map { $0.head.headerFields[.authorization] }
                == ["Bearer one", "Bearer one", "Bearer two", "Bearer two"]
        )
        await loopback.stop()
    }

    @Test func tellsAMissingTokenAsTheFailureOfTheCall() async throws {
        let client = KubernetesClient(
            transport: InMemoryTransport(handler: ScriptedServer([])),
            authorization: authorization,
            clock: clock
        )
        let error = await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        let expected = "get configmaps test/podinfo: read \(folder.path)/token: no such file or directory"
        #expect(error?.description == expected)
    }
}
