import FlaggerAPI
import Platform

extension Rollout {
    /// Writes down that the revision passed; copying it follows from that.
    static func startPromotion(_ observation: Observation, _ round: CheckRound) -> Decision {
        let canary = observation.canary
        var status = canary.status
        status.checks = round.records
        status.lastCheckTime = observation.now
        status.lastStepTime = observation.now
        status.mirrorWeight = 0
        status.enter(.promoting, kind: canary.target.kind, at: observation.now)
        let message = "Copying \(canary.targetLabel) template spec to \(canary.primaryLabel)"
        return .act(Step(record: status, events: round.events + [.normal(.promoting, message)]))
    }

    /// The primary is given the revision; once its pods are ready the traffic goes back to it.
    static func promote(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let revision = canary.status.lastAppliedSpec
        guard let primary = observation.primary else {
            return blocked(observation, "\(canary.targetKind.word) \(canary.primaryLabel) get query error: not found")
        }
        if canary.status.isRollingBack { return takePromotionBack(observation, target, primary) }
        if primary.revision != revision {
            // The template that was analysed is no longer there to be copied.
            guard target.revision == revision else { return replaceRun(observation, target) }
            let isCurrent = observation.configs.map { $0 == .current } ?? true
            return .act(Step(actions: [isCurrent ? .copyTemplate(revision: revision) : .applyConfigs]))
        }
        if let step = holdTraffic(observation, target) { return step }
        if !observation.templateDifferences.isEmpty { return reportDifferences(observation) }
        if let count = missingPods(observation, target, primary) {
            return .act(Step(actions: [.scalePrimary(to: count)]))
        }
        switch observation.primaryReadiness(primary) {
        case .ready: return returnTraffic(observation, target)
        case .waiting(let reason):
            return wait(observation, "\(canary.primaryLabel) not ready: \(reason)")
        case .stuck(let reason): return failPromotion(observation, reason)
        }
    }

    /// How many pods the primary must ask for before it gets the traffic; nil when it asks for enough.
    ///
    /// At least as many as the canary has: while those had traffic, an autoscaler may have taken pods from the primary.
    private static func missingPods(_ observation: Observation, _ target: Workload, _ primary: Workload) -> Int? {
        let canary = observation.canary
        guard canary.target.kind == "Deployment", target.revision == canary.status.lastAppliedSpec else { return nil }
        let wanted = min(target.replicas, canary.primaryReplicas.maximum ?? .max)
        return primary.replicas < wanted ? wanted : nil
    }

    /// What the primary got is not what was analysed: nothing goes on until it is, or the time is over.
    private static func reportDifferences(_ observation: Observation) -> Decision {
        let canary = observation.canary
        let places = observation.templateDifferences.joined(separator: ", ")
        let reason = "its template differs from the analysed one at \(places)"
        let since = canary.status.lastStepTime ?? observation.now
        guard observation.now <= since + canary.progressDeadline else { return failPromotion(observation, reason) }
        let message = "Halt \(canary.label) promotion \(canary.primaryLabel): \(reason)"
        return wait(observation, message, .promotionFailed)
    }

    /// The traffic goes back at once, or step by step.
    private static func returnTraffic(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let isServing = isServing(observation, target)
        let weight = isServing ? canary.analysis.promotion.next(after: canary.status.canaryWeight) : 0
        let isGradual = isServing && canary.analysis.promotion != .atOnce && canary.status.canaryWeight > 0
        if isGradual, !observation.isCheckDue { return .act(Step(next: .after(observation.untilNextCheck))) }
        if isGradual, isPatient(observation) {
            return wait(observation, "\(canary.routeLabel) not ready: waiting for Contour to report on it")
        }
        var status = canary.status
        status.canaryWeight = weight
        status.lastCheckTime = observation.now
        status.lastStepTime = observation.now
        status.enter(weight == 0 ? .finalising : .promoting, kind: canary.target.kind, at: observation.now)
        let event: RolloutEvent =
            isGradual
            ? backward(canary, to: weight)
            : .normal(.routed, "Routing all traffic to primary")
        let action = change(of: observation, to: plannedTraffic(canary, status))
        return .act(Step(record: status, actions: action.map { [$0] } ?? [], events: [event]))
    }

    /// Traffic home, then the canary's pods away, then the verdict.
    static func finalise(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        if let home = sendHome(observation) { return home }
        if let decision = takePodsAway(observation, target) { return decision }
        var round = CheckRound(observation)
        let revision = canary.status.lastAppliedSpec
        let result = round.ask(.postRollout, phase: .succeeded, revision: revision, onFailure: .note)
        if case .asking(let questions) = result { return .ask(questions) }
        noteFailure(&round, result, observation)
        var status = canary.status
        status.stand(at: .start, since: observation.now)
        status.lastPromotedSpec = revision
        status.checks += round.records
        status.enter(.succeeded, kind: canary.target.kind, at: observation.now)
        let message =
            canary.skipsAnalysis
            ? "Promotion completed! Canary analysis was skipped for \(canary.targetLabel)"
            : "Promotion completed! Scaling down \(canary.targetLabel)"
        return .act(Step(record: status, events: [.normal(.promoted, message)] + round.events))
    }
}
