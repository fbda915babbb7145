import Analysis
import Controller
import Gate
import HTTP
import Kubernetes
import Logging
import Platform
import Sockets
import TLS

/// The loop with what it stands on: the caches that it reads from, the fence before its writes, and the election.
struct LoopPart: Sendable {
    private let controller: Controller
    private let reads: CachedAPI
    private let fence: FencedAPI?
    private let elector: LeaderElector?
    private let informers: InformerSet
    private let metrics: LoopMetrics

    /// A loop that asks `api` for what `informers` do not keep.
    ///
    /// `leaseAPI` is for the lease alone, so that no other call stands in its way.
    ///
    /// - Throws: the fault of the connections' trust store.
    init(
        _ settings: ServerSettings,
        api: any KubernetesAPI,
        leaseAPI: any KubernetesAPI,
        informers: InformerSet,
        events: EventRecorder,
        serverMetrics: ServerMetrics,
        loops: EventLoopGroup
    ) throws {
        let elector = settings.lease.map { lease in
            // Whatever clock the loop goes by, a lease runs out in real time.
            LeaderElector(lease: lease.lease, settings: lease.election, api: leaseAPI, clock: SystemClock())
        }
        var writes = api
        var fence: FencedAPI?
        if let lease = settings.lease, let elector {
            let fenced = FencedAPI(api, lease: lease.lease, patience: lease.election.margin) { elector.mayWrite }
            (writes, fence) = (fenced, fenced)
        }
        let tracked = Set(WatchedKinds.tracked + [.secrets])
        let reads = CachedAPI(writes, cache: informers.objects, clock: settings.clock) { type, object in
            tracked.contains(type) ? ReducedConfig.of(object) : object
        }
        let metrics = LoopMetrics()
        let controller = try Self.controller(settings, reads, informers, events, metrics, serverMetrics, loops)
        informers.changes.follow(
            ChangeFeed.Listener(
                onEvent: { type, event in controller.take(type, event, isOurs: reads.see(type, event)) },
                onAvailability: { type, availability in controller.take(type, availability) }
            )
        )
        self.controller = controller
        self.reads = reads
        self.fence = fence
        self.elector = elector
        self.informers = informers
        self.metrics = metrics
    }

    /// Runs until the task is cancelled, while the lease is held where there is an election; then hands it over.
    ///
    /// - Throws: `CancellationError` when the task is cancelled before the caches have their first lists.
    func run() async throws {
        // What the loop changes passes through the webhooks, which want the whole picture first; so does the loop.
        try await informers.waitUntilSynced()
        let work: @Sendable () async -> Void = { [controller, reads] in
            // The caches may not have heard of the last writes of the leader before.
            reads.doubt(.canaries) { !CanaryRest.isResting($0) }
            await controller.run()
        }
        if let elector { await elector.run(work) } else { await work() }
    }

    /// What is counted of it, in Prometheus' text format.
    var exposition: String {
        metrics.exposition(of: controller.figures, reads: reads.figures, refusedWrites: fence?.refusedWrites ?? 0)
            + LeadershipMetrics.exposition(of: elector?.figures)
    }

    private static func controller(
        _ settings: ServerSettings,
        _ api: CachedAPI,
        _ informers: InformerSet,
        _ events: EventRecorder,
        _ metrics: LoopMetrics,
        _ serverMetrics: ServerMetrics,
        _ loops: EventLoopGroup
    ) throws -> Controller {
        let connections = ConnectionBook(loops: loops, addresses: settings.addresses, proxies: settings.proxies)
        let unverified = ConnectionBook(
            loops: loops,
            addresses: settings.addresses,
            proxies: settings.proxies,
            tls: try TLSContext.client(skipsVerification: true)
        )
        let prometheus = settings.prometheus
        var loop = ControllerSettings.informed(
            namespace: settings.namespace,
            ingressClass: settings.ingressClass,
            copying: settings.copying
        )
        loop.workers = settings.workers
        return Controller(
            api: api,
            cache: informers.objects,
            clock: settings.clock,
            events: events,
            metrics: PrometheusMetricReader { server in
                let url = server ?? prometheus
                guard let endpoint = HTTPEndpoint(url: url) else { throw MetricServerFailure(url: url) }
                return PrometheusClient(endpoint: endpoint, transport: connections.client(of: endpoint))
            },
            hooks: HTTPHookCaller(
                HookCaller(clock: settings.clock) { connections.client(of: $0) },
                unverified: HookCaller(clock: settings.clock) { unverified.client(of: $0) }
            ),
            journal: try settings.journalPath.map { try JournalFile(path: $0) } ?? NoJournal(),
            settings: loop,
            onStep: { canary, step in
                serverMetrics.record(step, of: canary)
                metrics.record(step, of: canary)
            },
            onRound: { metrics.record($0) }
        )
    }
}

/// A Canary's `metricsServer` that is no URL.
private struct MetricServerFailure: Error, CustomStringConvertible {
    let url: String
    var description: String { "metricsServer \(url): expected an http or https URL" }
}
