import FlaggerAPI
import Platform

extension Rollout {
    /// Sets times that lie ahead of the clock to now; nil when none does.
    ///
    /// A leader whose clock was ahead wrote them, or the clock was set back. Until the clock had come to them nothing would
    /// be checked, and no wait would end.
    static func setTimesRight(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        guard isTimed(canary.status.phase) else { return nil }
        var status = canary.status
        func past(_ time: Timestamp?) -> Timestamp? { time.map { min($0, observation.now) } }
        status.lastCheckTime = past(status.lastCheckTime)
        status.lastStepTime = past(status.lastStepTime)
        status.lastTransitionTime = past(status.lastTransitionTime)
        guard status != canary.status else { return nil }
        let message = "The times in the status of \(canary.label) lay ahead of the clock and count from now on"
        return .act(Step(record: status, events: [.warning(.drift, message)]))
    }

    /// Whether something is due in `phase` at a time that the status tells.
    private static func isTimed(_ phase: CanaryPhase) -> Bool {
        switch phase {
        case .waiting, .progressing, .waitingPromotion, .promoting, .finalising, .terminating, .terminated: true
        case .new, .initializing, .initialized, .succeeded, .failed: false
        }
    }
}
