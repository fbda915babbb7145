import FlaggerAPI

/// What must never be done, whatever was decided.
///
/// It looks at a step once more by other means than those that led to it. A fault here is a mistake in the state machine;
/// nothing is done then, and it is said.
enum Safety {
    /// What is wrong with `step`; nil when nothing is.
    static func fault(in step: Step, _ observation: Observation) -> String? {
        let canary = observation.canary
        let status = step.record ?? canary.status
        if let fault = fault(in: status) { return fault }
        if canary.isSuspended, !canary.isDeleting, step.actions.contains(where: { !isGatekeeping($0) }) {
            return "it is suspended"
        }
        for action in step.actions {
            if let fault = fault(in: action, status, observation) { return fault }
        }
        return nil
    }

    /// Whether `action` keeps what nobody let in from traffic, which a suspended Canary does too, or only writes down.
    private static func isGatekeeping(_ action: Action) -> Bool {
        switch action {
        case .closeGate, .setTraffic(.home), .shapeRoute(.home): true
        default: action.isBookkeeping
        }
    }

    private static func fault(in status: CanaryStatus) -> String? {
        guard (0...100).contains(status.canaryWeight), (0...100).contains(status.mirrorWeight) else {
            return "a share of \(status.canaryWeight) or \(status.mirrorWeight) percent"
        }
        let mayHaveTraffic = [.progressing, .waitingPromotion, .promoting].contains(status.phase)
        return status.canaryWeight > 0 && !mayHaveTraffic ? "a share of the traffic in \(status.phase.rawValue)" : nil
    }

    private static func fault(in action: Action, _ status: CanaryStatus, _ observation: Observation) -> String? {
        switch action {
        case .createRoute(let traffic): return fault(in: traffic, status, observation)
        case .shapeRoute(.home), .setTraffic(.home):
            return isPassedAlone(observation)
                ? "all traffic for a primary without a pod, while the pods that have passed answer" : nil
        case .shapeRoute(let traffic), .setTraffic(let traffic): return fault(in: traffic, status, observation)
        case .copyTemplate(let revision), .restorePrimary(let revision):
            return mayHold(revision, status) ? nil : "the primary would get the unproven revision \(revision)"
        case .createPrimary:
            let revision = observation.target?.revision ?? ""
            return mayHold(revision, status) ? nil : "the primary would be made of the unproven revision \(revision)"
        default: return nil
        }
    }

    /// An unproven revision gets no more than its step; a proven one may stand in for the primary.
    private static func fault(
        in traffic: Traffic,
        _ status: CanaryStatus,
        _ observation: Observation
    ) -> String? {
        guard (0...100).contains(traffic.canary), (0...100).contains(traffic.mirror) else {
            return "a share of \(traffic.canary) or \(traffic.mirror) percent"
        }
        guard traffic != .home else { return nil }
        let canary = observation.canary
        guard observation.target?.revision == status.lastAppliedSpec || isPassedAlone(observation) else {
            return "traffic for another revision than \(status.lastAppliedSpec)"
        }
        switch status.phase {
        case .promoting: return nil
        case .progressing, .waitingPromotion:
            let allowed: Int =
                switch canary.analysis.strategy {
                case .weights(let steps): min(status.canaryWeight, steps.maximum)
                case .matches: status.iterations > 0 ? 100 : 0
                case .blueGreen: status.canaryWeight
                }
            return traffic.canary <= allowed
                ? nil : "\(traffic.canary) percent for a revision at its step of \(allowed)"
        default: return "traffic for the canary in \(status.phase.rawValue)"
        }
    }

    /// Whether only the pods of the revision that is being promoted answer: the primary has none, and no other revision
    /// was let in to the target.
    ///
    /// Requests that match no condition of an A/B test are the primary's whatever is done.
    private static func isPassedAlone(_ observation: Observation) -> Bool {
        let canary = observation.canary
        if case .matches = canary.analysis.strategy { return false }
        guard canary.status.phase == .promoting, let primary = observation.primary, let target = observation.target,
            primary.replicas > 0, primary.status.isObserved, primary.status.available == 0, target.replicas > 0,
            target.status.available > 0
        else { return false }
        return target.isAdmitted
            ? target.revision == canary.status.lastAppliedSpec
            : canary.targetKind == .deployment && observation.gate.slip == nil
    }

    /// Whether the primary may hold `revision`: at the beginning, the promoted one, and the one that is being promoted.
    private static func mayHold(_ revision: String, _ status: CanaryStatus) -> Bool {
        switch status.phase {
        case .new, .initializing: true
        case .promoting, .finalising: [status.lastAppliedSpec, status.lastPromotedSpec].contains(revision)
        default: revision == status.lastPromotedSpec
        }
    }
}
