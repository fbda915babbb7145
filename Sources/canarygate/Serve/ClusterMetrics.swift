package import Kubernetes
import Platform

/// What is shown of the cluster's kinds, and of the Events that were written to it.
package enum ClusterMetrics {
    private static let kinds = MetricFamily(
        "canarygate_kind_available",
        .gauge,
        help: "1 for a watched kind that the API server serves, 0 for one that is not installed.",
        labels: ["kind"]
    )
    private static let events = MetricFamily(
        "canarygate_events_total",
        .counter,
        help: "Kubernetes Events, by what became of them: written, held_back (to be counted later), or dropped.",
        labels: ["outcome"]
    )
    private static let queuedEvents = MetricFamily(
        "canarygate_events_queued",
        .gauge,
        help: "Kubernetes Events that wait for the API server."
    )

    /// The kinds in Prometheus' text format; nothing of one that has not been asked for.
    package static func exposition(of availabilities: [(kind: String, availability: KindAvailability)]) -> String {
        let registry = MetricRegistry([kinds])
        for (kind, availability) in availabilities where availability != .unknown {
            registry.set(availability == .served ? 1 : 0, of: kinds, kind)
        }
        return registry.exposition
    }

    /// The Events in Prometheus' text format.
    package static func exposition(of statistics: EventStatistics) -> String {
        let registry = MetricRegistry()
        registry.set(Double(statistics.written), of: events, "written")
        registry.set(Double(statistics.heldBack), of: events, "held_back")
        registry.set(Double(statistics.dropped), of: events, "dropped")
        registry.set(Double(statistics.queued), of: queuedEvents)
        return registry.exposition
    }
}
