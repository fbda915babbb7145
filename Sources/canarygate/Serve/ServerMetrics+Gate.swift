import Platform
import Rollout

/// What came past the gate.
extension ServerMetrics {
    static let lateGates = MetricFamily(
        "canarygate_late_gates_total",
        .counter,
        help: "Revisions that no webhook gated and the loop did.",
        labels: []
    )
    static let lateGateDelay = MetricFamily(
        "canarygate_late_gate_delay_seconds",
        .histogram,
        help: "Time from such a revision's coming until its gate was closed, where it is known.",
        labels: [],
        // From a wake-up of the loop to a night without it.
        bounds: [0.1, 1, 5, 15, 60, 300, 3_600, 43_200]
    )

    /// Takes in a step that may have closed a gate late.
    func recordLateGate(_ step: Step) {
        guard step.events.contains(where: { $0.reason == .gatedLate }) else { return }
        registry.add(to: Self.lateGates)
        if let lateness = step.lateness { registry.observe(lateness / .seconds(1), in: Self.lateGateDelay) }
    }
}
