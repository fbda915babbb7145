import ContourAPI
import JSON
import Kubernetes
package import Platform

/// The sandbox's users and its Envoy: requests come steadily to every root's host, go by the weights to Services and
/// their ready pods, and are counted as Envoy counts them.
///
/// A simulator: nothing is sent. A Service without a ready pod answers 503; a route without a Service counts nowhere.
/// Retry policies are left out: where Envoy would hide a fault by asking again, the first answer counts.
package struct TrafficSource: Sendable {
    /// The longest time that is made up for after a stop, all the history there is.
    private static let longestGap = Duration.seconds(600)

    private struct State {
        var model = TrafficModel()
        var last: Timestamp
        var nextScrape: Timestamp
        var routes: [TrafficRoute] = []
        var version = -1
    }

    private let cluster: InMemoryCluster
    private let clock: any WallClock
    private let settings: TrafficSettings
    private let images: ImageBehaviours
    private let metrics: EnvoyMetrics
    private let state: Locked<State>

    /// Traffic that begins now and is counted in `metrics`.
    package init(
        cluster: InMemoryCluster,
        clock: any WallClock,
        settings: TrafficSettings = TrafficSettings(),
        images: ImageBehaviours = ImageBehaviours(),
        metrics: EnvoyMetrics
    ) {
        self.cluster = cluster
        self.clock = clock
        self.settings = settings
        self.images = images
        self.metrics = metrics
        let now = clock.now()
        state = Locked(State(last: now, nextScrape: now + TrafficSettings.scrapeInterval))
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
        let version = cluster.version(of: [.httpProxies, .services, .pods])
        var state = state.withLock { $0 }
        if state.version != version {
            state.routes = routes()
            state.version = version
            forget(&state)
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

    /// Drops what was counted of clusters that no route leads to any more, as Envoy does.
    private func forget(_ state: inout State) {
        let clusters = Set(state.routes.flatMap { $0.backends + $0.mirrors }.map(\.cluster))
        state.model.keep(clusters)
        metrics.update { statistics in statistics.keep(clusters) }
    }

    private func flow(until end: Timestamp, _ state: inout State) {
        guard end > state.last else { return }
        let requests = settings.requestsPerSecond * ((end - state.last) / .seconds(1))
        state.last = end
        metrics.update { statistics in state.model.advance(requests, on: state.routes, into: &statistics) }
    }

    /// Where requests for `/` go at the moment, host by host.
    private func routes() -> [TrafficRoute] {
        let services = cluster.objects(.services)
        let byKey = Dictionary(services.map { ($0.key, $0) }) { first, _ in first }
        let pods = ServicePods(cluster.objects(.pods))
        return cluster.routing().hosts.compactMap { host in
            guard let route = host.route(for: RouteRequest(path: "/")) else { return nil }
            guard case .services(let backends) = route.action else {
                return TrafficRoute(host: host.host, backends: [], mirrors: [])
            }
            let targets = backends.map { backend in
                let service = byKey[backend.service] ?? .null
                let ready = pods.selected(by: service).filter { $0.readySince != nil }
                return TrafficRoute.Backend(
                    cluster: backend.cluster,
                    share: backend.percent / 100,
                    pods: ready.map { images.behaviour(of: $0.images) }
                )
            }
            let parts = zip(targets, backends)
            return TrafficRoute(
                host: host.host,
                backends: parts.filter { !$0.1.isMirror }.map(\.0),
                mirrors: parts.filter { $0.1.isMirror }.map(\.0)
            )
        }
    }
}
