/// Answer times whose 99th percentile, read off Envoy's buckets, is a given number.
///
/// A percentile of a histogram is interpolated within its bucket, so the share of slow answers is chosen such that the
/// interpolation gives the number. With few requests in the window there may be none of the slow ones.
struct LatencyShape: Hashable, Sendable {
    /// The share of requests that take `slow`.
    let slowShare: Double
    /// The share of requests that take longer than the bucket of `slow`.
    let slowestShare: Double
    /// What most answers take, in milliseconds.
    let usual: Double
    /// What the slow ones take: the 99th percentile.
    let slow: Double
    /// What the slowest take.
    let slowest: Double

    /// The shape whose 99th percentile is `p99` milliseconds, above 0.
    init(p99: Double) {
        let bounds = EnvoyStatistics.bounds
        let index = bounds.firstIndex { p99 <= $0 } ?? bounds.count - 1
        let lower = index == 0 ? 0 : bounds[index - 1]
        slow = p99
        slowest = bounds[index] * 1.5
        usual = index == 0 ? p99 / 2 : min(p99 * 0.4, lower)
        // Where in its bucket the percentile lies, as a part of the bucket's width.
        let part = min(1, (p99 - lower) / (bounds[index] - lower))
        guard part >= Self.highPart else {
            // All others lie below: (0.99 - usual share) / slow share = part.
            slowShare = 0.01 / (1 - part)
            slowestShare = 0
            return
        }
        // Near the upper end one in a hundred must lie beyond it: half are usual, 0.49 / slow share = part.
        slowShare = 0.49 / part
        slowestShare = max(0, 0.5 - slowShare)
    }

    /// From here on the slow share would pass a half.
    private static let highPart = 0.98
}
