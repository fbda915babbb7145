import FlaggerAPI
import Platform

/// The state machine of a rollout.
///
/// It decides and never talks to anything.
///
/// Each decision is a function of the observation alone, so it does not matter which process makes it, how often, or
/// what became of the one before. What is decided is written down before it is done; what is done follows from what
/// was written down.
package enum Rollout {
    /// What to do next in `observation`.
    ///
    /// What would break an invariant is never done: see `Safety`.
    package static func decide(_ observation: Observation) -> Decision {
        let decision = withRecords(draft(observation), of: observation)
        guard case .act(let step) = decision, let fault = Safety.fault(in: step, observation) else { return decision }
        return blocked(observation, "refused to go on with \(observation.canary.label): \(fault)")
    }

    private static func draft(_ observation: Observation) -> Decision {
        let canary = observation.canary
        if !canary.isSuspended || canary.isDeleting, let step = setTimesRight(observation) { return step }
        if canary.isDeleting { return delete(observation) }
        if canary.isSuspended {
            if let late = gateLate(observation) { return late }
            let event = RolloutEvent.normal(.suspended, "skipping canary run as object is suspended")
            return .act(Step(events: [event], next: .after(canary.analysis.interval)))
        }
        guard let target = observation.target else { return missTarget(observation) }
        if let obstacle = obstacle(observation) { return stop(observation, before: obstacle) }
        switch canary.status.phase {
        case .new: return begin(observation)
        case .initializing: return initialise(observation, target)
        case .initialized, .succeeded, .failed, .waiting:
            return upkeep(observation, target) ?? rest(observation, target)
        case .progressing, .waitingPromotion:
            return prepare(observation, target) ?? progress(observation, target)
        case .promoting: return prepare(observation, target) ?? promote(observation, target)
        case .finalising: return prepare(observation, target) ?? finalise(observation, target)
        case .terminating, .terminated: return .act(Step(next: .after(.seconds(60))))
        }
    }

    /// What comes before each step of a run.
    private static func prepare(_ observation: Observation, _ target: Workload) -> Decision? {
        gateLate(observation) ?? upkeep(observation, target) ?? leaveRoute(observation)
    }

    /// Tells what is in the way and looks again later; the phase stays.
    static func blocked(_ observation: Observation, _ message: String) -> Decision {
        .act(Step(events: [.warning(.blocked, message)], next: .after(observation.canary.analysis.interval)))
    }

    /// Waits for a workload or for Contour.
    static func wait(
        _ observation: Observation,
        _ message: String,
        _ reason: RolloutEvent.Reason = .notReady
    ) -> Decision {
        .act(Step(events: [.warning(reason, message)], next: .after(observation.canary.analysis.interval)))
    }
}

extension Canary {
    /// The name of the Service in `role`.
    package func serviceName(_ role: ServiceRole) -> String {
        switch role {
        case .apex: service.apexName
        case .primary: service.primaryName
        case .canary: service.canaryName
        }
    }

    /// What divides the traffic, as messages name it: `HTTPProxy podinfo.test`.
    var routeLabel: String { "\(provider == .contour ? "HTTPProxy" : "Service") \(service.apexName).\(namespace)" }

    /// Whether the target has pods of its own; a target of kind Service has none.
    var hasPods: Bool { target.kind != "Service" }
}
