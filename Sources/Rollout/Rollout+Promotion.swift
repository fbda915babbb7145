import FlaggerAPI

extension Rollout {
    /// Writes down that the revision passed; copying it follows from that.
    static func startPromotion(_ observation: Observation, _ round: CheckRound) -> Decision {
        let canary = observation.canary
        var status = canary.status
        status.checks = round.records
        status.lastCheckTime = observation.now
        status.enter(.promoting, kind: canary.target.kind, at: observation.now)
        let message = "Copying \(canary.targetLabel) template spec to \(canary.primaryLabel)"
        return .act(Step(record: status, events: round.events + [.normal(.promoting, message)]))
    }

    /// The primary is given the revision; once its pods are ready the traffic goes back to it.
    static func promote(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let revision = canary.status.lastAppliedSpec
        guard let primary = observation.primary else {
            return blocked(observation, "deployment \(canary.primaryLabel) get query error: not found")
        }
        if primary.revision != revision {
            // The template that was analysed is no longer there to be copied.
            guard target.revision == revision else { return replaceRun(observation, target) }
            return .act(Step(actions: [.copyTemplate(revision: revision)]))
        }
        if let step = holdWeight(observation, target) { return step }
        switch observation.primaryReadiness(primary) {
        case .ready: return returnTraffic(observation)
        case .waiting(let reason): return wait(observation, "\(canary.primaryLabel) not ready: \(reason)")
        case .stuck(let reason):
            if target.revision != revision { return replaceRun(observation, target) }
            let message = "Promotion of \(canary.targetLabel) failed, primary not ready: \(reason)"
            return wait(observation, message, .promotionFailed)
        }
    }

    /// The traffic goes back at once, or step by step.
    private static func returnTraffic(_ observation: Observation) -> Decision {
        let canary = observation.canary
        let step = canary.analysis.promotionStep
        let weight = step == 0 ? 0 : max(0, canary.status.canaryWeight - step)
        let isGradual = step > 0 && canary.status.canaryWeight > 0
        if isGradual, !observation.isCheckDue { return .act(Step(next: .after(observation.untilNextCheck))) }
        var status = canary.status
        status.canaryWeight = weight
        status.lastCheckTime = observation.now
        status.enter(weight == 0 ? .finalising : .promoting, kind: canary.target.kind, at: observation.now)
        let event: RolloutEvent =
            isGradual
            ? backward(canary, to: weight)
            : .normal(.routed, "Routing all traffic to primary")
        return .act(Step(record: status, actions: [.setTraffic(Traffic(canary: weight))], events: [event]))
    }

    /// Traffic home, then the canary's pods away, then the verdict.
    static func finalise(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        if let home = sendHome(observation) { return home }
        if target.replicas > 0 { return .act(Step(actions: [.scaleTargetToZero])) }
        var round = CheckRound(observation)
        let revision = canary.status.lastAppliedSpec
        let result = round.ask(.postRollout, phase: .succeeded, revision: revision, onFailure: .note)
        if case .asking(let questions) = result { return .ask(questions) }
        noteFailure(&round, result, observation)
        var status = canary.status
        status.canaryWeight = 0
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
