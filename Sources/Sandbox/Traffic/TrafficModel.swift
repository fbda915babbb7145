import ContourAPI
import Kubernetes
import Platform

/// Divides a steady stream of requests and counts what becomes of them.
///
/// Nothing is random: fractions of requests are carried over, so that over time every share is met exactly.
struct TrafficModel: Sendable {
    /// A group of callers at one place.
    private struct Crowd: Hashable {
        let place: Visit.Place
        let group: String
    }

    private let settings: TrafficSettings
    /// By backend and what the fraction is of.
    private var rests: [String: [String: Double]] = [:]
    private var pools: [Crowd: SessionPool] = [:]
    private var plan: TrafficPlan?
    /// Where requests go by the present plan.
    private var routes: [Visit: TrafficRoute?] = [:]

    /// A model of the callers in `settings`.
    init(settings: TrafficSettings) { self.settings = settings }

    /// Goes by `plan` from now on, and drops what was carried over for clusters that are not in it.
    mutating func follow(_ plan: TrafficPlan) {
        self.plan = plan
        routes = [:]
        rests = rests.filter { plan.clusters.contains($0.key) || !$0.key.contains("_") }
    }

    /// Lets callers ask for `span`, and counts the answers.
    ///
    /// - Parameters:
    ///   - span: seconds that pass.
    ///   - loads: load tests and the requests that they send meanwhile.
    ///   - counts: where they are counted.
    mutating func advance(_ span: Double, loads: [(visit: Visit, requests: Double)], into counts: inout TrafficCounts) {
        guard let plan else { return }
        let requests = settings.requestsPerSecond * span
        for place in plan.hosts.map(Visit.Place.host) + plan.called.map(Visit.Place.service) {
            for group in settings.callers {
                call(place, group, requests * group.share, renewing: span / settings.sessionSeconds, &counts)
            }
        }
        for load in loads { _ = send(load.requests, load.visit, "load", &counts) }
    }

    private mutating func call(
        _ place: Visit.Place,
        _ group: CallerGroup,
        _ requests: Double,
        renewing part: Double,
        _ counts: inout TrafficCounts
    ) {
        guard group.keepsCookies else {
            let visit = Visit(place: place, request: group.request(cookies: CookieJar()))
            _ = send(requests, visit, "\(group.name) \(place)", &counts)
            return
        }
        let crowd = Crowd(place: place, group: group.name)
        var pool = pools[crowd] ?? SessionPool(count: settings.sessions)
        pool.renew(part)
        for (jar, share) in pool.parts {
            let visit = Visit(place: place, request: group.request(cookies: jar))
            let key = "\(group.name) \(place) \(jar.field ?? "")"
            pool.give(send(requests * share, visit, key, &counts), to: jar)
        }
        pools[crowd] = pool
    }

    /// Sends requests and returns the cookies that were on answers.
    private mutating func send(
        _ requests: Double,
        _ visit: Visit,
        _ key: String,
        _ counts: inout TrafficCounts
    ) -> [(text: String, answers: Int)] {
        guard requests > 0, let route = route(for: visit) else { return [] }
        var cookies: [(text: String, answers: Int)] = []
        for backend in route.backends where backend.share > 0 {
            let count = whole(requests * backend.share, backend.name, "from \(key)")
            answer(count, visit.request, backend, isCopy: false, &counts)
            // Of one that sets none the answers count too: those callers got nothing.
            cookies.append((backend.cookie ?? "", count))
        }
        // A copy is made of what somebody answers.
        for mirror in route.mirrors where !route.backends.isEmpty {
            let count = whole(requests * mirror.share, mirror.name, "copied from \(key)")
            answer(count, visit.request, mirror, isCopy: true, &counts)
        }
        return cookies
    }

    private mutating func route(for visit: Visit) -> TrafficRoute? {
        if let known = routes[visit] { return known }
        let route = plan?.route(for: visit)
        routes[visit] = .some(route)
        return route
    }

    private mutating func answer(
        _ requests: Int,
        _ request: RouteRequest,
        _ backend: TrafficRoute.Backend,
        isCopy: Bool,
        _ counts: inout TrafficCounts
    ) {
        guard !backend.pods.isEmpty else {
            if let cluster = backend.cluster { counts.envoy.count(requests, code: 503, in: cluster) }
            return
        }
        var left = requests
        for (index, pod) in backend.pods.enumerated() {
            let isLast = index == backend.pods.count - 1
            let part = Double(requests) / Double(backend.pods.count)
            let count = isLast ? left : min(left, whole(part, backend.name, "pod \(index)"))
            left -= count
            serve(count, request, pod, backend, &counts)
            counts.pods.serve(count, by: pod, of: backend.service, isCopy: isCopy)
        }
    }

    private mutating func serve(
        _ requests: Int,
        _ request: RouteRequest,
        _ pod: ServingPod,
        _ backend: TrafficRoute.Backend,
        _ counts: inout TrafficCounts
    ) {
        guard requests > 0 else { return }
        let behaviour = pod.behaviour
        let name = backend.name
        let key = "\(behaviour.errorRate) \(behaviour.p99)"
        let errors = min(
            requests,
            whole(Double(requests) * behaviour.errorRate, name, "\(key) errors", from: Self.half)
        )
        let times = times(requests, request, behaviour, name)
        if let cluster = backend.cluster {
            counts.envoy.count(requests - errors, code: 200, in: cluster)
            counts.envoy.count(errors, code: 500, in: cluster)
            for (count, time) in times { counts.envoy.time(count, milliseconds: time, in: cluster) }
        }
        guard pod.isScraped else { return }
        counts.pods.count(requests - errors, code: 200, in: pod.key)
        counts.pods.count(errors, code: 500, in: pod.key)
        for (count, time) in times { counts.pods.time(count, milliseconds: time, in: pod.key) }
    }

    /// How many of the requests take how long, in milliseconds.
    private mutating func times(
        _ requests: Int,
        _ request: RouteRequest,
        _ behaviour: ImageBehaviour,
        _ name: String
    ) -> [(Int, Double)] {
        let usual = behaviour.p99 / .milliseconds(1)
        if request.delay > .zero { return [(requests, usual + request.delay / .milliseconds(1))] }
        let key = "\(behaviour.errorRate) \(behaviour.p99)"
        let shape = LatencyShape(p99: usual)
        let slow = min(requests, whole(Double(requests) * shape.slowShare, name, "\(key) slow", from: Self.half))
        let most = Double(requests) * shape.slowestShare
        let slowest = min(requests - slow, whole(most, name, "\(key) slowest", from: Self.half))
        return [(requests - slow - slowest, shape.usual), (slow, shape.slow), (slowest, shape.slowest)]
    }

    /// A rare event first comes after half of its period, not after all of it.
    private static let half = 0.5

    /// The whole part of `amount` and what was left over of the backend under `key`; the rest is kept.
    private mutating func whole(
        _ amount: Double,
        _ backend: String,
        _ key: String,
        from start: Double = 0
    ) -> Int {
        // A hair more, so that ten tenths are one.
        let total = rests[backend, default: [:]][key, default: start] + amount + 1e-9
        let count = total.rounded(.down)
        rests[backend, default: [:]][key] = total - count
        return Int(count)
    }
}
