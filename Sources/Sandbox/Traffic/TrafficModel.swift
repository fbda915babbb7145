import Platform

/// Divides a steady stream of requests and counts what becomes of them.
///
/// Nothing is random: fractions of requests are carried over, so that over time every share is met exactly.
struct TrafficModel: Sendable {
    /// By cluster and what the fraction is of.
    private var rests: [String: [String: Double]] = [:]

    /// Drops what was carried over for other clusters than these.
    mutating func keep(_ clusters: Set<String>) { rests = rests.filter { clusters.contains($0.key) } }

    /// Lets `requests` come to the host of every route, and counts the answers.
    mutating func advance(_ requests: Double, on routes: [TrafficRoute], into statistics: inout EnvoyStatistics) {
        for route in routes {
            for backend in route.backends where backend.share > 0 {
                let count = whole(requests * backend.share, backend.cluster, "from \(route.host)")
                answer(count, backend, &statistics)
            }
            // A copy is made of what somebody answers.
            for mirror in route.mirrors where !route.backends.isEmpty {
                let count = whole(requests * mirror.share, mirror.cluster, "copied from \(route.host)")
                answer(count, mirror, &statistics)
            }
        }
    }

    private mutating func answer(
        _ requests: Int,
        _ backend: TrafficRoute.Backend,
        _ statistics: inout EnvoyStatistics
    ) {
        guard !backend.pods.isEmpty else { return statistics.count(requests, code: 503, in: backend.cluster) }
        var left = requests
        for (index, pod) in backend.pods.enumerated() {
            let isLast = index == backend.pods.count - 1
            let part = Double(requests) / Double(backend.pods.count)
            let count = isLast ? left : min(left, whole(part, backend.cluster, "pod \(index)"))
            left -= count
            serve(count, pod, backend.cluster, &statistics)
        }
    }

    private mutating func serve(
        _ requests: Int,
        _ pod: ImageBehaviour,
        _ cluster: String,
        _ statistics: inout EnvoyStatistics
    ) {
        guard requests > 0 else { return }
        let key = "\(pod.errorRate) \(pod.p99)"
        let errors = min(requests, whole(Double(requests) * pod.errorRate, cluster, "\(key) errors", from: Self.half))
        statistics.count(requests - errors, code: 200, in: cluster)
        statistics.count(errors, code: 500, in: cluster)
        let shape = LatencyShape(p99: pod.p99 / .milliseconds(1))
        let slow = min(requests, whole(Double(requests) * shape.slowShare, cluster, "\(key) slow", from: Self.half))
        let most = Double(requests) * shape.slowestShare
        let slowest = min(requests - slow, whole(most, cluster, "\(key) slowest", from: Self.half))
        statistics.time(requests - slow - slowest, milliseconds: shape.usual, in: cluster)
        statistics.time(slow, milliseconds: shape.slow, in: cluster)
        statistics.time(slowest, milliseconds: shape.slowest, in: cluster)
    }

    /// A rare event first comes after half of its period, not after all of it.
    private static let half = 0.5

    /// The whole part of `amount` and what was left over of the cluster under `key`; the rest is kept.
    private mutating func whole(
        _ amount: Double,
        _ cluster: String,
        _ key: String,
        from start: Double = 0
    ) -> Int {
        // A hair more, so that ten tenths are one.
        let total = rests[cluster, default: [:]][key, default: start] + amount + 1e-9
        let count = total.rounded(.down)
        rests[cluster, default: [:]][key] = total - count
        return Int(count)
    }
}
