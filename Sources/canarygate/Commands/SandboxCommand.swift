import ArgumentParser
import Logging
import Platform
import Sandbox
import ServiceLifecycle
import Sockets
import UnixSignals

/// `canarygate sandbox`: a cluster in memory.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run a Kubernetes cluster in memory, for trying things out with stock kubectl.",
        discussion: """
            It is a simulator: pods, Contour, traffic and Prometheus are computed, no container runs. Writes \
            admin.kubeconfig (for kubectl), canarygate.kubeconfig (for the server) and, once everything listens, \
            canarygate.env (for the server's environment) into the directory.
            """
    )

    @Option(help: "Where the kubeconfigs go.")
    var directory = "sandbox"

    @Option(help: "Where the API server listens over TLS, host:port.")
    var listen = "127.0.0.1:0"

    @Option(help: "Where Prometheus listens, host:port.")
    var prometheusListen = "127.0.0.1:0"

    @Option(help: "Where the load tester listens, host:port.")
    var loadTesterListen = "127.0.0.1:0"

    @Option(
        name: [.customLong("behaviour"), .customLong("behavior")],
        help:
            "How an image answers: image=errorRate,p99 (podinfo:3.1.2=5%,120ms), image=never for one that cannot be pulled, or image=crash for one that ends at once; may be given several times."
    )
    var behaviours: [String] = []

    @Option(help: "The file that the cluster begins with, where it is there, and that it is written to at the end.")
    var state: String?

    @Option(help: "How many changes a watch or a list can go back to at least.")
    var history = 2_000

    @Option(
        name: .customLong("service"),
        help:
            "Where a webhook's Service is on this machine: canarygate-system/canarygate=127.0.0.1:9443; may be given several times."
    )
    var services: [String] = []

    @Option(help: "Requests a second to each host name.")
    var requestsPerSecond = 50.0

    @Option(help: "How many pods there is room for; as many as two nodes hold unless it is given.")
    var pods: Int?

    @Option(
        help:
            "Callers that differ from the others: name=share and what they send (insiders=10%,header:x-canary=insider; also parameter:NAME=VALUE, path:/PATH, and cookies for those who keep them); may be given several times."
    )
    var callers: [String] = []

    @OptionGroup(title: "Logging") var logging: LoggingOptions

    @OptionGroup(title: "Time") var clock: ClockOptions

    func validate() throws {
        guard history >= 0 else { throw ValidationError("--history: \(history), expected 0 or more") }
        do throws(ServiceAddresses.Failure) {
            _ = try ServiceAddresses(parsing: services)
        } catch {
            throw ValidationError("--service: \(error)")
        }
        guard pods ?? 0 >= 0 else { throw ValidationError("--pods: \(pods ?? 0), expected 0 or more") }
        guard requestsPerSecond >= 0, requestsPerSecond <= 1_000_000 else {
            throw ValidationError("--requests-per-second: \(requestsPerSecond), expected 0...1000000")
        }
    }

    func run() async throws {
        let environment = Settings(environment: ProcessEnvironment.variables)
        let time = try clock.makeClock(settings: environment)
        try logging.bootstrap(clock: time, settings: environment)
        var settings = SandboxSettings(clock: time)
        settings.listen = listen
        settings.prometheusListen = prometheusListen
        settings.loadTesterListen = loadTesterListen
        settings.history = history
        settings.services = try ServiceAddresses(parsing: services)
        if let state, FileStore.exists(state) {
            settings.archive = try ClusterArchive(FileStore.read(state, limit: Self.stateLimit))
        }
        settings.world.images = try ImageBehaviours(parsing: behaviours)
        settings.world.podLimit = pods
        settings.world.traffic = TrafficSettings(
            requestsPerSecond: requestsPerSecond,
            speed: (time as? ScaledClock)?.speed ?? 1
        )
        settings.world.traffic.callers = try CallerGroup.all(parsing: callers)
        let loops = EventLoopGroup()
        defer { loops.shutdown() }
        let sandbox = try SandboxCluster(settings, loops: loops)
        try write(sandbox, time)
        let service = SandboxService(sandbox: sandbox)
        try await ServiceGroup(
            services: [service],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "canarygate.lifecycle")
        )
        .run()
        if let state { try FileStore.write(sandbox.archive.bytes, to: state) }
    }

    /// Bytes of a state: 1 GiB, far above what a cluster in memory should hold.
    private static let stateLimit = 1 << 30

    private func write(_ sandbox: SandboxCluster, _ time: any WallClock) throws {
        try FileStore.makeFolder(directory)
        let administrator = "\(directory)/admin.kubeconfig"
        let server = "\(directory)/canarygate.kubeconfig"
        try FileStore.write(Array(sandbox.administratorKubeconfig.utf8), to: administrator)
        try FileStore.write(Array(sandbox.serverKubeconfig.utf8), to: server)
        var lines = [
            "CANARYGATE_KUBECONFIG=\(server)", "CANARYGATE_PROMETHEUS=http://\(sandbox.prometheusAddress)",
            "CANARYGATE_RESOLVE=\(SandboxCluster.loadTesterHost)=\(sandbox.loadTesterAddress)",
            // One server is beside it; the next one need not wait until the lease of one that was killed runs out.
            "CANARYGATE_LEADER_ELECTION=off",
        ]
        if let scaled = time as? ScaledClock {
            lines += ["CANARYGATE_CLOCK_SPEED=\(scaled.speed)", "CANARYGATE_CLOCK_EPOCH=\(scaled.epoch.rfc3339Micro)"]
        }
        try FileStore.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "\(directory)/canarygate.env")
        ProcessEnvironment.print("export KUBECONFIG=\(administrator)\n")
    }
}

/// The sandbox under the signals' rule.
private struct SandboxService: Service {
    let sandbox: SandboxCluster

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await sandbox.run() }
    }
}
