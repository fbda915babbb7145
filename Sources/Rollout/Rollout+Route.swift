import FlaggerAPI

extension Rollout {
    /// Traffic before pods: all of it goes to the primary, and Contour has said so.
    ///
    /// Nil when that is reached.
    static func sendHome(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        let label = "HTTPProxy \(canary.service.apexName).\(canary.namespace)"
        switch observation.route {
        case .missing, .foreign: return nil
        case .unreadable(let reason): return blocked(observation, "\(label) \(reason)")
        case .present(let reading, let verdict):
            if reading.traffic != .home {
                return .act(
                    Step(
                        actions: [.setTraffic(.home)],
                        events: [.normal(.routed, "Routing all traffic to primary")]
                    )
                )
            }
            guard verdict == .pending else { return nil }
            return wait(observation, "\(label) not ready: waiting for Contour to route all traffic to primary")
        }
    }

    /// The target is gone: the share of the traffic that its pods had goes to the primary, and the loop waits.
    static func missTarget(_ observation: Observation) -> Decision {
        let canary = observation.canary
        guard observation.primary != nil, case .present(let reading, _) = observation.route, reading.traffic != .home
        else { return blocked(observation, "deployment \(canary.targetLabel) get query error: not found") }
        let message = "Routing all traffic to primary, as \(canary.targetLabel) is not there"
        return .act(Step(actions: [.setTraffic(.home)], events: [.warning(.drift, message)]))
    }

    /// Brings the weights to what was written down, or to the primary while the canary has no pod to answer.
    ///
    /// When a share is given, the interval starts anew: what was measured without it says nothing about it.
    static func holdWeight(_ observation: Observation, _ target: Workload) -> Decision? {
        let canary = observation.canary
        let weight = isServing(observation, target) ? canary.status.canaryWeight : 0
        let traffic = Traffic(canary: weight)
        guard case .present(let reading, _) = observation.route, reading.traffic != traffic else { return nil }
        if weight == 0 {
            let reason =
                target.revision == canary.status.lastAppliedSpec
                ? "has no pod to take any" : "no longer holds revision \(canary.status.lastAppliedSpec)"
            let message = "Routing all traffic to primary, as \(canary.targetLabel) \(reason)"
            return .act(Step(actions: [.setTraffic(.home)], events: [.warning(.drift, message)]))
        }
        var status = canary.status
        status.lastCheckTime = observation.now
        status.lastTransitionTime = observation.now
        let event = weightEvent(observation, reading.traffic?.canary)
        return .act(Step(record: status, actions: [.setTraffic(traffic)], events: [event]))
    }

    /// A weight that was written down is set: a step that was not finished, or drift that is set right.
    private static func weightEvent(_ observation: Observation, _ present: Int?) -> RolloutEvent {
        let canary = observation.canary
        let weight = canary.status.canaryWeight
        if canary.status.phase == .promoting {
            let before = weight + canary.analysis.promotionStep
            if canary.analysis.promotionStep > 0, present == before { return backward(canary, to: weight) }
        } else if let present, canary.analysis.steps.next(after: present) == weight {
            return forward(canary, to: weight)
        }
        return .warning(.drift, "Set \(canary.label) canary weight back to \(weight)")
    }

    /// The news of a step of the analysis.
    static func forward(_ canary: Canary, to weight: Int) -> RolloutEvent {
        .normal(.advanced, "Advance \(canary.label) canary weight \(weight)")
    }

    /// The news of a step of the promotion.
    static func backward(_ canary: Canary, to weight: Int) -> RolloutEvent {
        .normal(.advanced, "Advance \(canary.label) primary weight \(100 - weight)")
    }

    /// Whether the target's pods are those of the analysed revision and at least one answers.
    ///
    /// It may be that the Deployment's controller has not seen a change of replicas yet; the pods that it told of
    /// before are of the same template.
    private static func isServing(_ observation: Observation, _ target: Workload) -> Bool {
        target.isAdmitted && target.revision == observation.canary.status.lastAppliedSpec && target.replicas > 0
            && target.status.available > 0
    }
}
