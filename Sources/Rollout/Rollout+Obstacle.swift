import FlaggerAPI

extension Rollout {
    /// Tells what is in the way; meanwhile what has not passed gets no traffic, and what nobody let in no pods.
    ///
    /// Nothing is checked as long as it lasts, so nothing else would end the run. The object itself is left alone.
    static func stop(_ observation: Observation, before obstacle: String) -> Decision {
        guard isWayHomeFree(observation) else { return blocked(observation, obstacle) }
        if let late = gateLate(observation) { return late }
        // What is being promoted has passed, and may be all that answers.
        guard observation.canary.status.phase != .promoting, let action = change(of: observation, to: .home) else {
            return blocked(observation, obstacle)
        }
        let message = "Routing all traffic to primary, as \(obstacle)"
        return .act(Step(actions: [action], events: [.warning(.drift, message)]))
    }

    /// Whether the traffic can go home, to what is the Canary's own.
    private static func isWayHomeFree(_ observation: Observation) -> Bool {
        switch observation.canary.status.phase {
        case .new, .initializing, .terminating, .terminated: return false
        case .initialized, .waiting, .progressing, .waitingPromotion, .promoting, .finalising, .succeeded, .failed:
            break
        }
        guard observation.primary != nil, observation.primaryOwner == nil else { return false }
        if case .foreign = observation.services[.apex] { return false }
        return [.current, .differs].contains(observation.services[.primary])
    }
}
