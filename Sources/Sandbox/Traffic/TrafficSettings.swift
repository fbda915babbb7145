/// How much traffic there is, and how finely it is computed.
package struct TrafficSettings: Sendable {
    /// How often Envoy's counters are scraped, in simulated time.
    package static let scrapeInterval = Duration.seconds(5)

    /// Requests a second to each root's host that has a route for `/`.
    package var requestsPerSecond: Double
    /// How often traffic is computed, in simulated time.
    package var tick: Duration
    /// Who sends them.
    package var callers = [CallerGroup()]
    /// How many callers there are in each group that keeps cookies, for each host.
    package var sessions = 1_000.0
    /// How long a caller who keeps cookies comes back on average; then somebody without any follows.
    package var sessionLength = Duration.seconds(600)

    /// The same in seconds, above 0.
    var sessionSeconds: Double { max(0.001, sessionLength / .seconds(1)) }

    /// 50 requests a second, computed once a second, unless told otherwise.
    package init(requestsPerSecond: Double = 50, tick: Duration = .seconds(1)) {
        self.requestsPerSecond = requestsPerSecond
        self.tick = tick
    }

    /// The settings for a clock that runs `speed` times as fast as the machine's: a tick is a second, and at least 20
    /// ms of real time.
    package init(requestsPerSecond: Double = 50, speed: Double) {
        self.init(requestsPerSecond: requestsPerSecond, tick: .milliseconds(Int(max(1_000, 20 * speed))))
    }
}
