import FlaggerAPI
import Platform

/// A Canary that is being deleted: what is proven goes back to the target before the primary goes with its owner.
extension Rollout {
    /// How long the primary stays after the last change, so that endpoints and proxies have followed; less than any
    /// interval, so that the loop looks again then.
    static let handOverGrace = Duration.seconds(8)

    /// The next step of the hand-over: the target brought back, the traffic on it, the finalizer off.
    static func delete(_ observation: Observation) -> Decision {
        let canary = observation.canary
        let handOver = observation.gate.handOver
        guard handOver.isAwaited else { return .act(Step(next: .after(.seconds(60)))) }
        if let reason = handOver.breakGlass {
            let message = "Letting go of \(canary.label) without a hand-over, break-glass: \(reason)"
            return letGo([.warning(.breakGlass, message)])
        }
        if handOver.isNamespaceGoing { return letGo([]) }
        if canary.status.phase == .terminated { return finishHandOver(observation) }
        guard observation.primary != nil || !canary.status.lastPromotedSpec.isEmpty else {
            // Nothing was made yet, or nothing that serves.
            return letGo([])
        }
        guard canary.status.phase == .terminating else { return terminate(observation) }
        return bringTargetBack(observation)
    }

    private static func letGo(_ events: [RolloutEvent]) -> Decision {
        .act(Step(actions: [.removeFinalizer], events: events))
    }

    /// Writes down that the end has begun, and what is proven at that time.
    private static func terminate(_ observation: Observation) -> Decision {
        let canary = observation.canary
        var status = canary.status
        let applied = status.lastAppliedSpec
        if [.promoting, .finalising].contains(status.phase),
            observation.primary?.revision == applied || observation.target?.revision == applied
        {
            status.lastPromotedSpec = applied
        }
        status.stand(at: .start, since: observation.now)
        status.enter(.terminating, kind: canary.target.kind, at: observation.now)
        let event = RolloutEvent.normal(.terminating, "Terminating canary \(canary.label)")
        return .act(Step(record: status, events: [event]))
    }

    /// The target gets the promoted template and as many pods as the primary has; then the traffic.
    private static func bringTargetBack(_ observation: Observation) -> Decision {
        let canary = observation.canary
        let handOver = observation.gate.handOver
        guard let target = observation.target else {
            guard observation.primary != nil else { return letGo([]) }
            let message =
                "\(canary.targetKind.word) \(canary.targetLabel) is not there to hand over to: "
                + "\(canary.primaryLabel) serves until it is applied again"
            return blocked(observation, message + escape(canary))
        }
        if !handOver.isProven {
            if let home = sendHome(observation) { return home }
            guard handOver.isKnown else {
                let message =
                    "\(canary.targetLabel) holds revision \(target.revision ?? ""), which was never promoted, and the "
                    + "template of \(canary.status.lastPromotedSpec) is not known: set it again"
                return blocked(observation, message + escape(canary))
            }
        }
        guard canary.hasPods else { return sendHome(observation) ?? giveTraffic(observation) }
        if !handOver.isRestored || !handOver.isProven || observation.autoscaler?.isHeldBack == true {
            return restoreTarget(observation, target)
        }
        switch observation.primaryReadiness(target) {
        case .ready: break
        case .waiting(let reason): return wait(observation, "\(canary.targetLabel) not ready: \(reason)")
        case .stuck(let reason):
            let message = "\(canary.targetLabel) not ready: \(reason); \(canary.primaryLabel) serves until it is"
            return blocked(observation, message + escape(canary))
        }
        return giveTraffic(observation)
    }

    private static func restoreTarget(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let promoted = canary.status.lastPromotedSpec
        let message =
            observation.gate.handOver.isProven
            ? "Scaling up \(canary.targetLabel)"
            : "Bringing \(canary.targetLabel) back to the promoted revision \(promoted), as \(target.revision ?? "") "
                + "was never proven; apply it again to have it"
        var actions: [Action] = [.restoreTarget(replicas: nil)]
        if observation.autoscaler?.isHeldBack == true { actions.append(.pauseAutoscaler(false)) }
        return .act(Step(actions: actions, events: [.normal(.handedOver, message)]))
    }

    /// The Service that users call and the route lead to the target, and Contour has said so.
    private static func giveTraffic(_ observation: Observation) -> Decision {
        let canary = observation.canary
        guard observation.gate.handOver.isHandedOver else {
            let message = "Routing all traffic to \(canary.targetLabel)"
            return .act(Step(actions: [.handOver], events: [.normal(.handedOver, message)]))
        }
        if observation.gate.handOver.verdict == .pending {
            let message = "\(canary.routeLabel) not ready: waiting for Contour"
            return wait(observation, message + escape(canary))
        }
        var status = canary.status
        status.enter(.terminated, kind: canary.target.kind, at: observation.now)
        return .act(Step(record: status, next: .after(handOverGrace)))
    }

    /// Lets go once endpoints and proxies have followed.
    private static func finishHandOver(_ observation: Observation) -> Decision {
        let canary = observation.canary
        let end = (canary.status.lastTransitionTime ?? observation.now) + handOverGrace
        guard observation.now >= end else { return .act(Step(next: .after(end - observation.now))) }
        return letGo([.normal(.terminating, "Terminated canary \(canary.label)")])
    }

    /// How to end it all the same.
    private static func escape(_ canary: Canary) -> String {
        "; to let go at once: kubectl -n \(canary.namespace) annotate canary/\(canary.name) "
            + "canarygate.dev/break-glass='<reason>'"
    }
}
