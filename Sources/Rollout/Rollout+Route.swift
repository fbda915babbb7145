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
        case .present(let shares, let verdict):
            if !shares.areAll(canary: 0) {
                return .act(
                    Step(
                        actions: [.setWeight(canary: 0)],
                        events: [.normal(.routed, "Routing all traffic to primary")]
                    )
                )
            }
            guard verdict == .pending else { return nil }
            return wait(observation, "\(label) not ready: waiting for Contour to route all traffic to primary")
        }
    }

    /// Brings the weights back to what was written down, or to the primary while the canary has no pod to answer.
    ///
    /// When a share is given back, the interval starts anew: what was measured without it says nothing about it.
    static func holdWeight(_ observation: Observation, _ target: Workload) -> Decision? {
        let canary = observation.canary
        let weight = isServing(observation, target) ? canary.status.canaryWeight : 0
        guard case .present(let shares, _) = observation.route, !shares.areAll(canary: weight) else { return nil }
        if weight == 0 {
            let message = "Routing all traffic to primary, as \(canary.targetLabel) has no pod to take any"
            return .act(Step(actions: [.setWeight(canary: 0)], events: [.warning(.drift, message)]))
        }
        var status = canary.status
        status.lastCheckTime = observation.now
        status.lastTransitionTime = observation.now
        let message = "Set \(canary.label) canary weight back to \(weight)"
        return .act(
            Step(record: status, actions: [.setWeight(canary: weight)], events: [.warning(.drift, message)])
        )
    }

    /// Whether the target's pods are those of the analysed revision and at least one answers.
    private static func isServing(_ observation: Observation, _ target: Workload) -> Bool {
        target.isAdmitted && target.revision == observation.canary.status.lastAppliedSpec && target.replicas > 0
            && target.status.isObserved && target.status.available > 0
    }
}
