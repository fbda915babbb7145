package import Platform

/// All that lives in the sandbox's cluster beside its API server: controllers, Contour, traffic, metrics, a load
/// tester.
///
/// A simulator, made for watching a rollout on one machine: no container, proxy or command is run.
package struct SandboxWorld: Sendable {
    /// How the world behaves.
    package struct Settings: Sendable {
        /// How long a pod takes until it is ready.
        package var startupTime: Duration
        /// What the images do.
        package var images: ImageBehaviours
        /// How much traffic there is.
        package var traffic: TrafficSettings
        /// How many pods there have been before, whose names are not given out again.
        package var firstPod = 0
        /// How many pods there may be; nil for what two nodes hold.
        package var podLimit: Int?

        /// Pods that start within 5 s, images without fault and 50 requests a second, unless told otherwise.
        package init(
            startupTime: Duration = .seconds(5),
            images: ImageBehaviours = ImageBehaviours(),
            traffic: TrafficSettings = TrafficSettings()
        ) {
            self.startupTime = startupTime
            self.images = images
            self.traffic = traffic
        }
    }

    /// Prometheus: queries, Envoy's counters, and what each revision has served.
    package let metrics: MetricsHandler
    /// What each revision has served so far.
    package var served: [ServedRequests] { metrics.served }

    /// The load tester.
    package let loadTester: LoadTesterHandler
    private let workloads: WorkloadController
    private let routes: RouteController
    private let traffic: TrafficSource

    /// A world in `cluster` whose time is `clock`'s; nothing happens before `run()`.
    package init(cluster: InMemoryCluster, clock: any WallClock, settings: Settings = Settings()) {
        let counted = EnvoyMetrics()
        let loads = LoadTests(clock: clock)
        metrics = MetricsHandler(metrics: counted, clock: clock)
        loadTester = LoadTesterHandler(cluster: cluster, images: settings.images, loads: loads)
        var pods = WorkloadSettings(
            startupTime: settings.startupTime,
            images: settings.images,
            firstPod: settings.firstPod
        )
        if let limit = settings.podLimit { pods.podLimit = limit }
        workloads = WorkloadController(cluster: cluster, clock: clock, settings: pods)
        routes = RouteController(cluster: cluster, clock: clock)
        traffic = TrafficSource(
            cluster: cluster,
            clock: clock,
            settings: settings.traffic,
            images: settings.images,
            metrics: counted,
            loads: loads
        )
    }

    /// Runs all parts until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await workloads.run() }
            group.addTask { await routes.run() }
            group.addTask { await traffic.run() }
        }
    }
}
