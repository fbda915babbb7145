import Foundation
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import TLS
import Testing

/// The API server that the contract is held against: the sandbox, or a real one.
///
/// `TEST_KUBECONFIG` names the kubeconfig of a cluster; else `KUBEBUILDER_ASSETS` a folder with `etcd` and
/// `kube-apiserver`, which are started; else the sandbox is.
final class APIUnderTest: Sendable {
    /// The one of the running suite.
    @TaskLocal static var current: APIUnderTest?

    /// Its settings.
    static let environment = ProcessInfo.processInfo.environment

    /// Whether controllers run beside it: without them nothing is collected and no namespace goes.
    let hasControllers: Bool
    /// Whether it can call what listens on this machine's loopback.
    let isOnThisMachine: Bool
    /// The client of the project, as the administrator.
    let client: KubernetesClient
    private let transport: HTTPClient
    private let authorization: String?
    private let basePath: String
    private let loops: EventLoopGroup
    private let sandbox: Task<Void, any Error>?

    /// Whether it is the sandbox.
    var isSandbox: Bool { sandbox != nil }
    private let processes: RealControlPlane?

    private init() async throws {
        loops = EventLoopGroup(count: 2)
        let kubeconfig: Kubeconfig
        if let path = Self.environment["TEST_KUBECONFIG"] {
            kubeconfig = try Kubeconfig.load(path: path)
            (sandbox, processes, hasControllers) = (nil, nil, true)
        } else if let assets = Self.environment["KUBEBUILDER_ASSETS"] {
            let plane = try RealControlPlane(assets: URL(fileURLWithPath: assets))
            kubeconfig = try Kubeconfig.load(path: plane.kubeconfig.path)
            (sandbox, processes, hasControllers) = (nil, plane, false)
        } else {
            let cluster = try SandboxCluster(SandboxSettings(clock: SystemClock()), loops: loops)
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            try Data(cluster.administratorKubeconfig.utf8).write(to: folder)
            kubeconfig = try Kubeconfig.load(path: folder.path)
            try FileManager.default.removeItem(at: folder)
            (sandbox, processes, hasControllers) = (Task { try await cluster.run() }, nil, true)
        }
        isOnThisMachine = ["127.0.0.1", "::1", "localhost"].contains(kubeconfig.endpoint.host)
        client = try kubeconfig.makeClient(loops: loops)
        transport = HTTPClient(
            endpoint: kubeconfig.endpoint,
            tls: try TLSContext.client(
                authorities: kubeconfig.authorities,
                certificateChain: kubeconfig.clientCertificate,
                privateKey: kubeconfig.clientKey,
                serverName: kubeconfig.serverName,
                skipsVerification: kubeconfig.skipsVerification
            ),
            loops: loops
        )
        authorization = try await kubeconfig.authorization(clock: SystemClock())?()
        basePath = kubeconfig.endpoint.basePath
    }

    /// Runs `body` with a server that is ready.
    static func run(_ body: () async throws -> Void) async throws {
        let api = try await APIUnderTest()
        let outcome: Result<Void, any Error>
        do {
            try await api.waitUntilReady()
            try await $current.withValue(api) { try await body() }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await api.stop()
        try outcome.get()
    }

    private func waitUntilReady() async throws {
        let clock = SystemClock()
        let end = clock.now() + .seconds(60)
        while true {
            do {
                if try await send(.get, "/readyz").status == 200 { return }
            } catch {
                // It does not listen yet.
            }
            if let failure = try processes?.failure() { Issue.record("\(failure)") }
            try #require(try processes?.failure() == nil && clock.now() < end, "the API server did not get ready")
            try await clock.sleep(for: .milliseconds(100))
        }
    }

    private func stop() async throws {
        sandbox?.cancel()
        do { try await sandbox?.value } catch is CancellationError {}
        try processes?.stop()
        let loops = loops
        await Task.detached { loops.shutdown() }.value
    }

    // MARK: Requests

    /// The answer to a request with a body in JSON.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONValue? = nil,
        type: String = "application/json",
        fields: HTTPFields = [:]
    ) async throws -> APIAnswer {
        let response = try await transport.send(request(method, path, body, type, fields))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return APIAnswer(status: response.head.status.code, fields: response.head.headerFields, bytes: bytes)
    }

    /// A watch at `path`.
    func watch(_ path: String) async throws -> WatchLines {
        let response = try await transport.send(request(.get, path, nil, "", [:]))
        #expect(response.head.status == .ok)
        return WatchLines(response.body)
    }

    private func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONValue?,
        _ type: String,
        _ fields: HTTPFields
    ) -> ClientRequest {
        var fields = fields
        fields[.accept] = fields[.accept] ?? "application/json"
        if body != nil { fields[.contentType] = type }
        fields[.authorization] = authorization
        fields[.userAgent] = "contract/1.0"
        return ClientRequest(
            method: method,
            path: basePath + path,
            headerFields: fields,
            body: body?.serialized ?? [],
            timeout: .seconds(30)
        )
    }
}

/// Gives the suite one API server.
struct ContractTrait: SuiteTrait, TestScoping {
    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await APIUnderTest.run { try await function() }
    }
}
