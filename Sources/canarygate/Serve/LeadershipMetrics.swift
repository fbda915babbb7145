package import Kubernetes
import Platform

/// What is shown of the election, of the Events and of the kinds that the cluster has.
package enum LeadershipMetrics {
    private static let leads = MetricFamily(
        "canarygate_leader",
        .gauge,
        help: "1 where the loop runs, 0 where it waits for the lease."
    )
    private static let transitions = MetricFamily(
        "canarygate_leader_transitions_total",
        .counter,
        help: "How often the lease changed hands, as the lease says."
    )
    private static let acquisitions = MetricFamily(
        "canarygate_leader_acquisitions_total",
        .counter,
        help: "How often this process became the leader."
    )
    private static let renewals = MetricFamily(
        "canarygate_leader_renewals_total",
        .counter,
        help: "Renewals of the lease that succeeded."
    )
    private static let losses = MetricFamily(
        "canarygate_leader_losses_total",
        .counter,
        help: "How often this process ceased to be the leader without having wanted to."
    )
    private static let failures = MetricFamily(
        "canarygate_leader_failures_total",
        .counter,
        help: "Attempts to take or renew the lease that failed; that another one leads is no failure."
    )

    /// The figures in Prometheus' text format; nil where there is no election and the loop runs alone.
    package static func exposition(of figures: LeadershipFigures?) -> String {
        let registry = MetricRegistry()
        registry.set(figures?.isLeader ?? true ? 1 : 0, of: leads)
        guard let figures else { return registry.exposition }
        registry.set(Double(figures.transitions), of: transitions)
        registry.set(Double(figures.acquisitions), of: acquisitions)
        registry.set(Double(figures.renewals), of: renewals)
        registry.set(Double(figures.losses), of: losses)
        registry.set(Double(figures.failures), of: failures)
        return registry.exposition
    }
}
