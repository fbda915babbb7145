import FlaggerAPI
import Platform

extension Rollout {
    /// Closes the gate for what came while nobody was asked; nil when nothing did.
    ///
    /// The traffic first: pods of a revision that was not let in may be among those that get some. Then the gate, so that
    /// no more of them are made; from there on it is a revision like any other.
    static func gateLate(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        guard let target = observation.target, let revision = target.revision, !isForeign(canary.status, observation)
        else { return nil }
        guard let slip = observation.gate.slip else { return renewPods(observation, target) }
        if observation.primary != nil, case .present(let reading, _) = observation.route, reading.traffic != .home,
            let action = change(of: observation, to: .home)
        {
            let message =
                "Routing all traffic to primary, as \(canary.targetLabel) holds revision \(revision), not let in"
            return .act(Step(actions: [action], events: [.warning(.drift, message)]))
        }
        // A Deployment keeps its pods when its gate is closed, a DaemonSet loses them: not before nobody is sent to them.
        if canary.targetKind == .daemonSet, observation.primary != nil, let wait = awaitWayHome(observation) {
            return wait
        }
        var step = Step(actions: [.closeGate(revision: revision, change: slip.change)])
        if slip.road == .configs {
            let message =
                "\(slip.change): new revision \(revision) of \(canary.targetLabel)\(requester(slip)), its gate is closed"
            step.events = [.normal(.configChanged, message)]
        } else {
            let delay = slip.since.map { max(.zero, observation.now - $0) }
            let lateness = delay.map { " \(GoDuration(.seconds($0.components.seconds)).text) late" } ?? " late"
            let message =
                "Revision \(revision) of \(canary.targetLabel) \(words(slip.road))\(requester(slip)) and is gated"
                + "\(lateness): \(slip.change)"
            step.events = [.warning(.gatedLate, message)]
            step.lateness = delay
        }
        return .act(step)
    }

    private static func requester(_ slip: GateSlip) -> String {
        slip.requestedBy.isEmpty ? "" : " by \(slip.requestedBy)"
    }

    private static func words(_ road: GateSlip.Road) -> String {
        switch road {
        case .template, .configs: "came past the gate"
        case .pause: "was unpaused before it was let in"
        case .stamp: "was stamped open before it was let in"
        }
    }

    /// The target has pods of another revision that opening the gate would not replace: they go before new ones come.
    private static func renewPods(_ observation: Observation, _ target: Workload) -> Decision? {
        let canary = observation.canary
        guard observation.gate.hasStalePods, !target.isAdmitted, canary.status.phase == .progressing,
            target.revision == canary.status.lastAppliedSpec, !canary.status.isRollingBack
        else { return nil }
        if let home = sendHome(observation) { return home }
        if let decision = takePodsAway(observation, target) { return decision }
        return wait(observation, "\(canary.targetLabel) not ready: pods of the former revision are going")
    }

    /// When the analysed revision was promoted before, where that is recent enough to skip the steps.
    static func recentProof(_ observation: Observation) -> Timestamp? {
        guard let window = observation.canary.analysis.provenWithin, let last = observation.gate.provenAt,
            observation.now <= last + window
        else { return nil }
        return last
    }

    /// Promotes what was promoted a short while ago, as the Canary asks for; nil when it was not.
    static func promoteProven(_ observation: Observation) -> Decision? {
        guard let proof = recentProof(observation), let window = observation.canary.analysis.provenWithin else {
            return nil
        }
        var round = CheckRound(observation)
        let canary = observation.canary
        let message =
            "Revision \(canary.status.lastAppliedSpec) of \(canary.targetLabel) was promoted at \(proof.rfc3339), "
            + "within \(GoDuration(window).text): skipping the steps"
        round.events.append(.normal(.provenBefore, message))
        return startPromotion(observation, round)
    }
}
