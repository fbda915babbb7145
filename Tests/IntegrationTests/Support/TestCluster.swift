import ArgumentParser
import Foundation
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import TLS
import TestSupport
import Testing
import canarygate

/// A cluster with CanaryGate in it: the sandbox, or the one that `TEST_KUBECONFIG` names.
///
/// The server is a process of its own beside it.
final class TestCluster: Sendable {
    /// The cluster of the running suite.
    @TaskLocal static var current: TestCluster?

    /// Whether a real API server is tested.
    static let isReal = ProcessInfo.processInfo.environment["TEST_KUBECONFIG"] != nil

    /// Stock kubectl as the administrator.
    let kubectl: Kubectl
    /// The API as the administrator.
    let api: KubernetesClient
    /// The sandbox; nil for a real cluster.
    let sandbox: SandboxCluster?
    /// The server's webhooks, for reviews that are sent by hand.
    let webhooks: HTTPClient
    /// Where the server's journal is, if it keeps one.
    let journal: String
    private let folder: URL
    private let loops: EventLoopGroup
    private let running: Task<Void, any Error>?
    private let installation: Installation
    private let serverArguments: [String]
    private let serverEnvironment: [String: String]
    private let operations: OperationsPort
    private let server = Locked<ServerProcess?>(nil)
    private let namespaces = Locked<[String]>([])

    /// Runs `body` with a cluster in which the server is ready, and cleans up.
    static func run(_ images: [String] = [], _ body: (TestCluster) async throws -> Void) async throws {
        try await run(TestClusterSettings(images: images), body)
    }

    /// The same with what is particular about it.
    static func run(_ settings: TestClusterSettings, _ body: (TestCluster) async throws -> Void) async throws {
        let cluster = try await TestCluster(settings)
        let outcome: Result<Void, any Error>
        do {
            try await cluster.startServer()
            try await body(cluster)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await cluster.stop()
        try outcome.get()
    }

    private init(_ particulars: TestClusterSettings) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("canarygate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        journal = folder.appendingPathComponent("journal.jsonl").path
        loops = EventLoopGroup(count: 2)
        try #require(
            Self.isReal || ProcessInfo.processInfo.environment["KUBEBUILDER_ASSETS"] == nil,
            "KUBEBUILDER_ASSETS: not started from here yet; start its kube-apiserver and name it in TEST_KUBECONFIG"
        )
        var environment: [String: String] = [:]
        var kubeconfig = URL(fileURLWithPath: ProcessInfo.processInfo.environment["TEST_KUBECONFIG"] ?? "")
        if Self.isReal {
            environment["CANARYGATE_KUBECONFIG"] = kubeconfig.path
            sandbox = nil
            running = nil
        } else {
            let clock = ScaledClock(speed: particulars.speed, epoch: SystemClock().now())
            var settings = SandboxSettings(clock: clock)
            settings.world.images = try ImageBehaviours(parsing: particulars.images)
            settings.world.traffic = TrafficSettings(speed: particulars.speed)
            settings.world.traffic.callers = particulars.callers
            let sandbox = try SandboxCluster(settings, loops: loops)
            self.sandbox = sandbox
            running = Task { try await sandbox.run() }
            kubeconfig = folder.appendingPathComponent("admin.kubeconfig")
            let serverKubeconfig = folder.appendingPathComponent("canarygate.kubeconfig")
            try Data(sandbox.administratorKubeconfig.utf8).write(to: kubeconfig)
            try Data(sandbox.serverKubeconfig.utf8).write(to: serverKubeconfig)
            environment = [
                "CANARYGATE_KUBECONFIG": serverKubeconfig.path,
                "CANARYGATE_PROMETHEUS": "http://\(sandbox.prometheusAddress)",
                "CANARYGATE_RESOLVE": "\(SandboxCluster.loadTesterHost)=\(sandbox.loadTesterAddress)",
                "CANARYGATE_CLOCK_SPEED": "\(clock.speed)",
                "CANARYGATE_CLOCK_EPOCH": clock.epoch.rfc3339Micro,
            ]
        }
        serverEnvironment = environment
        kubectl = Kubectl(kubeconfig: kubeconfig, folder: folder)
        api = try Kubeconfig.load(path: kubeconfig.path).makeClient(loops: loops)

        let port = try OperationsPort.free()
        operations = OperationsPort(port: try OperationsPort.free(), loops: loops)
        let certificates = folder.appendingPathComponent("certs").path
        let bundle = try CertsCommand.parse(["--directory", certificates, "--ip", "127.0.0.1"]).makeFiles()
        installation = Installation(address: "127.0.0.1:\(port)", caBundle: bundle)
        serverArguments =
            [
                "--listen", "127.0.0.1:\(port)", "--metrics-listen", "127.0.0.1:\(operations.port)",
                "--certificate", "\(certificates)/tls.crt", "--private-key", "\(certificates)/tls.key",
            ] + particulars.serverArguments + (particulars.keepsJournal ? ["--journal", journal] : [])
        webhooks = HTTPClient(
            endpoint: HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: port),
            tls: try .client(authorities: FileStore.read("\(certificates)/ca.crt")),
            loops: loops
        )
        try await installation.install(in: api)
    }

    /// Starts the server and waits until it is ready.
    ///
    /// It is the only one, and the next need not wait for the lease of one that was killed; but where `isElecting` it
    /// competes for the lease.
    func startServer(isElecting: Bool = false) async throws {
        let process = try ServerProcess(
            serverArguments + ["--leader-election", isElecting ? "on" : "off"],
            environment: serverEnvironment,
            log: folder.appendingPathComponent("server.log")
        )
        server.withLock { $0 = process }
        let clock = SystemClock()
        let end = clock.now() + .seconds(20)
        while await probe("/readyz")?.status != 200 {
            try #require(clock.now() < end, "the server did not get ready")
            try await clock.sleep(for: .milliseconds(50))
        }
    }

    /// Kills the server as `kill -9` does.
    func killServer() { take()?.kill() }

    /// Stops the server as the kubelet does, and returns its exit code.
    func terminateServer() -> Int32? { take()?.terminate() }

    private func take() -> ServerProcess? {
        server.withLock { server in
            defer { server = nil }
            return server
        }
    }

    /// What the server's probe or metrics page answers; nil when nobody answers.
    func probe(_ path: String) async -> (status: Int, text: String)? { await operations.get(path) }

    /// Creates a namespace, which goes when the cluster is done with.
    func makeNamespace(_ name: String) async throws {
        let object: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
        _ = try await api.create(.namespaces, object, namespace: nil)
        namespaces.withLock { $0.append(name) }
    }

    /// Waits until the webhook's picture of the cluster has the Canary of the Deployment at `key`, a moment after the
    /// store has it: from then on the gate's annotations cannot be written by others.
    func waitUntilGated(_ key: ObjectKey) async throws {
        for _ in 0..<500 {
            let kept = try await api.get(.deployments, key).annotation("canarygate.dev/change")
            let answer = try await annotate(key, "by hand")
            if answer.annotation("canarygate.dev/change") == kept { return }
            _ = try await annotate(key, kept.map(JSONValue.string) ?? .null)
        }
        Issue.record("the gate does not know the Canary")
    }

    private func annotate(_ key: ObjectKey, _ change: JSONValue) async throws -> JSONValue {
        let patch = Patch.merge(["metadata": ["annotations": ["canarygate.dev/change": change]]])
        return try await api.patch(.deployments, key, patch, subresource: nil)
    }

    /// What the server has logged.
    var serverLog: String {
        get throws {
            String(decoding: try Data(contentsOf: folder.appendingPathComponent("server.log")), as: UTF8.self)
        }
    }

    private func stop() async throws {
        killServer()
        if Self.isReal {
            try await installation.uninstall(from: api)
            for name in namespaces.withLock({ $0 }) {
                try await api.delete(.namespaces, ObjectKey(namespace: nil, name: name))
            }
        }
        running?.cancel()
        do { try await running?.value } catch is CancellationError {}
        let loops = loops
        await Task.detached { loops.shutdown() }.value
        try FileManager.default.removeItem(at: folder)
    }
}

/// Gives a suite's tests one cluster.
struct ClusterTrait: SuiteTrait, TestScoping {
    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await TestCluster.run { cluster in
            try await TestCluster.$current.withValue(cluster) { try await function() }
        }
    }
}

extension Trait where Self == ClusterTrait {
    /// One cluster for the suite, in `TestCluster.current`.
    static var cluster: ClusterTrait { ClusterTrait() }
}
