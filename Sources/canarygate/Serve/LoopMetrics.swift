package import Controller
package import FlaggerAPI
import Kubernetes
import Platform
package import Rollout

/// What is counted of the loop's work.
package struct LoopMetrics: Sendable {
    private static let rounds = MetricFamily(
        "canarygate_loop_rounds_total",
        .counter,
        help: "Looks at a Canary, by how they ended: still, stepped, stale, failed, gone, or blocked.",
        labels: ["outcome"]
    )
    private static let lateness = MetricFamily(
        "canarygate_loop_lateness_seconds",
        .histogram,
        help: "By how much a look at a Canary began later than it was due.",
        bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    )
    private static let duration = MetricFamily(
        "canarygate_loop_round_duration_seconds",
        .histogram,
        help: "How long a look at a Canary took, hooks and measurements included.",
        bounds: [0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60]
    )
    private static let ticks = MetricFamily(
        "canarygate_canary_ticks_total",
        .counter,
        help: "Rounds of checks that were written down, by verdict: passed, failed, or undecided.",
        labels: ["verdict"]
    )
    private static let canaries = MetricFamily(
        "canarygate_loop_canaries",
        .gauge,
        help: "Canaries that the loop knows."
    )
    private static let queue = MetricFamily(
        "canarygate_loop_queue_depth",
        .gauge,
        help:
            "Canaries by what they wait for: waiting (their next look), overdue (a worker), running, outside (a hook).",
        labels: ["state"]
    )
    private static let reads = MetricFamily(
        "canarygate_loop_reads_total",
        .counter,
        help: "Reads of the loop, by what answered them: cache or api.",
        labels: ["source"]
    )
    private static let layers = MetricFamily(
        "canarygate_loop_cache_layers",
        .gauge,
        help: "Objects whose last write the caches have not told of yet."
    )
    private static let refusedWrites = MetricFamily(
        "canarygate_loop_refused_writes_total",
        .counter,
        help: "Writes that were not sent, as the lease was not held or about to run out."
    )

    private let registry = MetricRegistry([rounds, lateness, duration, ticks])
    private let late: MetricSeries
    private let took: MetricSeries

    /// Nothing counted yet.
    package init() {
        late = registry.series(of: Self.lateness)
        took = registry.series(of: Self.duration)
    }

    /// Takes in one round.
    package func record(_ report: RoundReport) {
        registry.add(to: Self.rounds, report.outcome.rawValue)
        late.observe(report.lateness / .seconds(1))
        took.observe(report.duration / .seconds(1))
    }

    /// Takes in one step; `canary` is as it was before it.
    package func record(_ step: Step, of canary: Canary) {
        guard let status = step.record, let time = status.lastCheckTime, time != canary.status.lastCheckTime,
            !status.checks.isEmpty
        else { return }
        registry.add(to: Self.ticks, Self.verdict(on: status.checks))
    }

    private static func verdict(on checks: [CheckRecord]) -> String {
        if checks.contains(where: { $0.outcome == .failed }) { return "failed" }
        return checks.allSatisfy { $0.outcome == .passed } ? "passed" : "undecided"
    }

    /// All of it in Prometheus' text format, with what the loop is at and has read.
    package func exposition(of figures: LoopFigures, reads: ReadFigures, refusedWrites: Int) -> String {
        let present = MetricRegistry()
        present.set(Double(figures.canaries), of: Self.canaries)
        present.set(Double(figures.waiting - figures.overdue), of: Self.queue, "waiting")
        present.set(Double(figures.overdue), of: Self.queue, "overdue")
        present.set(Double(figures.running - figures.outside), of: Self.queue, "running")
        present.set(Double(figures.outside), of: Self.queue, "outside")
        present.set(Double(reads.cached), of: Self.reads, "cache")
        present.set(Double(reads.asked), of: Self.reads, "api")
        present.set(Double(reads.layers), of: Self.layers)
        present.set(Double(refusedWrites), of: Self.refusedWrites)
        return registry.exposition + present.exposition
    }
}
