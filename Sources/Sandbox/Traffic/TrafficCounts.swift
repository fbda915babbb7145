/// What the sandbox counts of its traffic.
package struct TrafficCounts: Sendable {
    /// Envoy's counters.
    package var envoy = EnvoyStatistics()
    /// What pods have answered.
    package var pods = PodStatistics()

    /// Nothing counted yet.
    package init() {}
}
