package import FlaggerAPI
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
    package static func decide(_ observation: Observation) -> Decision {
        withRecords(decideStep(observation), of: observation)
    }

    private static func decideStep(_ observation: Observation) -> Decision {
        let canary = observation.canary
        if canary.isDeleting { return delete(observation) }
        if canary.isSuspended {
            if let late = gateLate(observation) { return late }
            let event = RolloutEvent.normal(.suspended, "skipping canary run as object is suspended")
            return .act(Step(events: [event], next: .after(canary.analysis.interval)))
        }
        guard let target = observation.target else { return missTarget(observation) }
        if let obstacle = obstacle(observation) { return blocked(observation, obstacle) }
        switch canary.status.phase {
        case .new: return begin(observation)
        case .initializing: return initialise(observation, target)
        case .initialized, .succeeded, .failed, .waiting:
            return upkeep(observation, target) ?? rest(observation, target)
        case .progressing, .waitingPromotion:
            return gateLate(observation) ?? upkeep(observation, target) ?? progress(observation, target)
        case .promoting: return gateLate(observation) ?? upkeep(observation, target) ?? promote(observation, target)
        case .finalising: return gateLate(observation) ?? upkeep(observation, target) ?? finalise(observation, target)
        case .terminating, .terminated: return .act(Step(next: .after(.seconds(60))))
        }
    }

    /// Why the loop must keep its hands off: an object of somebody else stands where one of ours belongs.
    private static func obstacle(_ observation: Observation) -> String? {
        let canary = observation.canary
        if let owner = observation.primaryOwner {
            return "deployment \(canary.primaryLabel) is \(owner), not this Canary's, and is left alone"
        }
        if case .foreign(let owner)? = observation.autoscaler?.copy, let name = canary.autoscaler?.name {
            let label = "\(name)-primary.\(canary.namespace)"
            return "HorizontalPodAutoscaler \(label) is \(owner), not this Canary's, and is left alone"
        }
        for role in ServiceRole.allCases {
            if case .foreign(let owner)? = observation.services[role] {
                let label = "\(canary.serviceName(role)).\(canary.namespace)"
                return "Service \(label) is \(owner), not this Canary's, and is left alone"
            }
        }
        if case .foreign(let owner) = observation.route {
            let label = "\(canary.service.apexName).\(canary.namespace)"
            return "HTTPProxy \(label) is \(owner), not this Canary's, and is left alone"
        }
        return nil
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

    /// Objects that were lost or changed are brought back before anything else is decided.
    private static func upkeep(_ observation: Observation, _ target: Workload) -> Decision? {
        let canary = observation.canary
        if observation.primary == nil {
            guard isProven(target.revision, canary.status) else {
                let message =
                    "deployment \(canary.primaryLabel) is gone and \(canary.targetLabel) no longer holds the promoted "
                    + "revision \(canary.status.lastPromotedSpec); set that template again to bring the primary back"
                return blocked(observation, message)
            }
            return .act(Step(actions: [.createPrimary], events: [drift("Deployment \(canary.primaryLabel)")]))
        }
        if let autoscaler = observation.autoscaler, autoscaler.hasSource, autoscaler.copy != .current {
            return .act(Step(actions: [.applyAutoscaler]))
        }
        for role in ServiceRole.allCases where observation.services[role] != .current {
            let label = "Service \(canary.serviceName(role)).\(canary.namespace)"
            return .act(Step(actions: [.applyService(role)], events: [drift(label)]))
        }
        if observation.route == .missing {
            let label = "HTTPProxy \(canary.service.apexName).\(canary.namespace)"
            return .act(Step(actions: [.createRoute(.home)], events: [drift(label)]))
        }
        return nil
    }

    /// Whether the primary may hold `revision`: the promoted one, and the one that is being promoted.
    private static func isProven(_ revision: String?, _ status: CanaryStatus) -> Bool {
        let isPromoting = [.promoting, .finalising].contains(status.phase)
        return revision == status.lastPromotedSpec || isPromoting && revision == status.lastAppliedSpec
    }

    private static func drift(_ label: String) -> RolloutEvent {
        .warning(.drift, "\(label) was missing or changed and is set right")
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
}
