package import HTTP
import Kubernetes
import Platform
package import Sockets
import TLS

/// A whole cluster in memory: its API server over TLS, and what lives in it.
///
/// A simulator: no container runs and no packet is routed.
package struct SandboxCluster: Sendable {
    /// The host and port by which the story's manifests call the load tester.
    package static let loadTesterHost = "flagger-loadtester.test:80"

    /// The objects, behind the API's back.
    package let objects: InMemoryCluster
    /// What tells who asks.
    package let access: SandboxAccess
    private let world: SandboxWorld
    private let collector: GarbageCollector
    private let contents: NamespaceContents
    private let apiServer: HTTPServer
    private let prometheusServer: HTTPServer
    private let loadTesterServer: HTTPServer

    /// Where the API server is.
    package var endpoint: HTTPEndpoint { HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: apiServer.port) }

    /// Where Prometheus is, `127.0.0.1:9090`.
    package var prometheusAddress: String { "127.0.0.1:\(prometheusServer.port)" }

    /// Where the load tester is, `127.0.0.1:8080`.
    package var loadTesterAddress: String { "127.0.0.1:\(loadTesterServer.port)" }

    /// What each revision has served so far.
    package var served: [ServedRequests] { world.served }

    /// Makes the certificates and listens; nothing is served before `run()`.
    ///
    /// - Throws: `TLSError`, or `SocketError` for an address that cannot be had.
    package init(_ settings: SandboxSettings, loops: EventLoopGroup) throws {
        // An hour of events, as the real server.
        let objects = InMemoryCluster(
            clock: settings.clock,
            historyLimit: settings.history,
            eventLifetime: .seconds(3_600)
        )
        settings.archive?.restore(into: objects)
        ClusterSeed(time: settings.clock.now()).plant(in: objects)
        let access = try SandboxAccess(serviceAccount: settings.serviceAccount)
        var worldSettings = settings.world
        worldSettings.firstPod = settings.archive?.lastNumber ?? 0
        let world = SandboxWorld(cluster: objects, clock: settings.clock, settings: worldSettings)
        collector = GarbageCollector(cluster: objects, clock: settings.clock)
        contents = NamespaceContents(
            cluster: objects,
            clock: settings.clock,
            authority: String(decoding: access.authority.identity.certificate, as: UTF8.self)
        )
        let admission = WebhookAdmission(cluster: objects, loops: loops, services: settings.services)
        let handler = SandboxAPIServer(
            cluster: objects,
            admission: admission,
            conversion: admission.conversion,
            tokens: access.tokens,
            clock: settings.clock
        )
        let context = try TLSContext.server(
            certificateChain: access.server.certificate,
            privateKey: access.server.privateKey,
            clientAuthorities: access.authority.identity.certificate
        )
        apiServer = try HTTPServer(
            configuration: .init(address: settings.listen, tls: context),
            loops: loops,
            handler: handler
        )
        prometheusServer = try HTTPServer(
            configuration: .init(address: settings.prometheusListen),
            loops: loops,
            handler: world.metrics
        )
        loadTesterServer = try HTTPServer(
            configuration: .init(address: settings.loadTesterListen),
            loops: loops,
            handler: world.loadTester
        )
        self.objects = objects
        self.access = access
        self.world = world
    }

    /// All that is in the cluster, to begin another one with.
    package var archive: ClusterArchive { ClusterArchive(of: objects) }

    /// The kubeconfig for kubectl.
    package var administratorKubeconfig: String { access.administratorKubeconfig(server: endpoint) }

    /// The kubeconfig for the server beside the sandbox.
    package var serverKubeconfig: String { access.serviceAccountKubeconfig(server: endpoint) }

    /// Runs until the task is cancelled.
    ///
    /// - Throws: what ended a part that should not have ended.
    package func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await apiServer.run() }
            group.addTask { try await prometheusServer.run() }
            group.addTask { try await loadTesterServer.run() }
            group.addTask { await world.run() }
            group.addTask { await contents.run() }
            group.addTask { await collector.run() }
        }
    }
}
