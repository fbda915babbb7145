import FlaggerAPI

/// A promotion whose primary does not come up is taken back: first the primary, then the traffic, then the verdict.
extension Rollout {
    /// Writes down that the promotion failed; the traffic stays with the pods that passed until the primary is back.
    static func failPromotion(_ observation: Observation, _ reason: String) -> Decision {
        let canary = observation.canary
        var round = CheckRound(observation)
        round.note(
            .workload,
            kind: canary.target.kind,
            name: canary.primaryName,
            answered: "promotion failed: \(reason)",
            outcome: .failed,
            follows: .rollBack
        )
        var status = canary.status
        status.checks = round.records
        status.lastCheckTime = observation.now
        status.lastStepTime = observation.now
        status.lastTransitionTime = observation.now
        let message = "Promotion of \(canary.targetLabel) failed, primary not ready: \(reason)"
        return .act(Step(record: status, events: [.warning(.promotionFailed, message)]))
    }

    /// Gives the primary the promoted template back, waits for its pods, and rolls back as any failed run.
    static func takePromotionBack(
        _ observation: Observation,
        _ target: Workload,
        _ primary: Workload
    ) -> Decision {
        let canary = observation.canary
        let promoted = canary.status.lastPromotedSpec
        let readiness = observation.primaryReadiness(primary)
        if primary.revision == promoted, readiness == .ready { return rollBack(observation, target) }
        if let step = holdTraffic(observation, target) { return step }
        if primary.revision != promoted { return restorePrimary(observation, target) }
        guard case .waiting(let reason) = readiness else {
            return blocked(observation, "\(canary.primaryLabel) does not come up with revision \(promoted) either")
        }
        return wait(observation, "\(canary.primaryLabel) not ready: \(reason)")
    }

    /// From the ledger, else from the target when it holds the promoted template again.
    private static func restorePrimary(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let promoted = canary.status.lastPromotedSpec
        let event = RolloutEvent.warning(.drift, "Set \(canary.primaryLabel) back to the promoted revision \(promoted)")
        if observation.ledger.contains(where: { $0.revision == promoted }) {
            return .act(Step(actions: [.restorePrimary(revision: promoted)], events: [event]))
        }
        if target.revision == promoted {
            return .act(Step(actions: [.copyTemplate(revision: promoted)], events: [event]))
        }
        let message =
            "the promotion of \(canary.targetLabel) failed, and the template of the promoted revision \(promoted) is not "
            + "known any more; set it on \(canary.targetLabel) again to bring \(canary.primaryLabel) back"
        return blocked(observation, message)
    }
}
