import ContourAPI
import JSON
import Kubernetes
package import Platform

/// The sandbox's users and its Envoy.
///
/// Requests come steadily to every root's host, go by conditions and weights to Services and their ready pods, and are
/// counted as Envoy counts them. Services in front of canaries without a proxy are called too; there the pods count.
///
/// A simulator: nothing is sent. A Service without a ready pod answers 503; a route without a Service counts nowhere.
/// Retry policies are left out: where Envoy would hide a fault by asking again, the first answer counts.
package struct TrafficSource: Sendable {
    /// The longest time that is made up for after a stop, all the history there is.
    private static let longestGap = Duration.seconds(600)

    private struct State {
        var model: TrafficModel
        var last: Timestamp
        var nextScrape: Timestamp
        var plan: TrafficPlan?
        var version = -1
    }

    private let cluster: InMemoryCluster
    private let clock: any WallClock
    private let settings: TrafficSettings
    private let images: ImageBehaviours
    private let metrics: EnvoyMetrics
    private let loads: LoadTests
    private let state: Locked<State>

    /// Traffic that begins now and is counted in `metrics`; load tests come from `loads`.
    package init(
        cluster: InMemoryCluster,
        clock: any WallClock,
        settings: TrafficSettings = TrafficSettings(),
        images: ImageBehaviours = ImageBehaviours(),
        metrics: EnvoyMetrics,
        loads: LoadTests? = nil
    ) {
        self.cluster = cluster
        self.clock = clock
        self.settings = settings
        self.images = images
        self.metrics = metrics
        self.loads = loads ?? LoadTests(clock: clock)
        let now = clock.now()
        state = Locked(
            State(
                model: TrafficModel(settings: settings),
                last: now,
                nextScrape: now + TrafficSettings.scrapeInterval
            )
        )
    }

    /// Advances tick by tick until the task is cancelled.
    package func run() async {
        do {
            while true {
                try await clock.sleep(for: settings.tick)
                advance()
            }
        } catch {
            // Only the cancellation ends a sleep with an error.
            return
        }
    }

    /// Lets the time since the last call pass: requests flow, and counters are scraped every five seconds of it.
    ///
    /// One caller at a time: of two the later would undo what the other carried over.
    package func advance() {
        let now = clock.now()
        let version = cluster.version(of: [.httpProxies, .services, .pods, .canaries])
        var state = state.withLock { $0 }
        if state.version != version {
            state.version = version
            follow(plan(), &state)
        }
        if now - state.last > Self.longestGap {
            state.last = now + Self.longestGap * -1
            state.nextScrape = max(state.nextScrape, state.last)
        }
        while state.nextScrape <= now {
            flow(until: state.nextScrape, &state)
            metrics.scrape(at: state.nextScrape)
            state.nextScrape = state.nextScrape + TrafficSettings.scrapeInterval
        }
        flow(until: now, &state)
        self.state.withLock { [state] stored in stored = state }
    }

    /// Drops what was counted of clusters that no route leads to any more, as Envoy does, and of pods that are gone.
    private func follow(_ plan: TrafficPlan, _ state: inout State) {
        state.plan = plan
        state.model.follow(plan)
        metrics.update { counts in
            counts.envoy.keep(plan.clusters)
            counts.pods.keep(plan.scraped)
        }
    }

    private func flow(until end: Timestamp, _ state: inout State) {
        guard end > state.last, let plan = state.plan else { return }
        let sent = loads.requests(from: state.last, to: end, by: plan)
        let span = (end - state.last) / .seconds(1)
        state.last = end
        metrics.update { counts in state.model.advance(span, loads: sent, into: &counts) }
    }

    private func plan() -> TrafficPlan {
        TrafficPlan(
            cluster.routing(),
            services: cluster.objects(.services),
            pods: cluster.objects(.pods),
            canaries: cluster.objects(.canaries),
            images: images
        )
    }
}
