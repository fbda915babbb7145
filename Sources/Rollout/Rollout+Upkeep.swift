import FlaggerAPI

extension Rollout {
    /// Why the loop must keep its hands off: an object of somebody else stands where one of ours belongs.
    static func obstacle(_ observation: Observation) -> String? {
        let canary = observation.canary
        func words(_ label: String, _ owner: String) -> String {
            "\(label) is \(owner), not this Canary's, and is left alone"
        }
        if let owner = observation.primaryOwner {
            return words("\(canary.targetKind.word) \(canary.primaryLabel)", owner)
        }
        if case .foreign(let owner)? = observation.autoscaler?.copy, let scaler = canary.autoscaler {
            return words("\(scaler.kind) \(scaler.name)-primary.\(canary.namespace)", owner)
        }
        for role in ServiceRole.allCases {
            if case .foreign(let owner)? = observation.services[role] {
                return words("Service \(canary.serviceName(role)).\(canary.namespace)", owner)
            }
        }
        if case .foreign(let owner) = observation.route { return words(canary.routeLabel, owner) }
        for case .foreign(let label)? in [observation.configs, observation.disruptionBudget] {
            return "\(label), not this Canary's, and is left alone"
        }
        return nil
    }

    /// Objects that were lost or changed are brought back before anything else is decided.
    static func upkeep(_ observation: Observation, _ target: Workload) -> Decision? {
        let canary = observation.canary
        if observation.primary == nil { return remakePrimary(observation, target) }
        if let decision = keepAutoscalers(observation) { return decision }
        for role in ServiceRole.allCases where observation.services[role] != .current {
            let label = "Service \(canary.serviceName(role)).\(canary.namespace)"
            return .act(Step(actions: [.applyService(role)], events: [setRight(label)]))
        }
        if observation.route == .missing, canary.provider == .contour {
            return .act(Step(actions: [.createRoute(.home)], events: [setRight(canary.routeLabel)]))
        }
        if let budget = observation.disruptionBudget, budget != .current {
            let events = [setRight("PodDisruptionBudget of \(canary.primaryLabel)")]
            return .act(Step(actions: [.applyDisruptionBudget], events: events))
        }
        guard observation.configs == .missing, observation.primary?.revision == target.revision else { return nil }
        return .act(Step(actions: [.applyConfigs]))
    }

    /// The primary's autoscaler is as the target's says, and the only one.
    private static func keepAutoscalers(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        if let stray = observation.strayAutoscalers.first {
            let message = "\(stray) goes, as the Canary no longer names what it was made of"
            return .act(Step(actions: [.removeStrayAutoscalers], events: [.warning(.drift, message)]))
        }
        guard let state = observation.autoscaler, state.hasSource, state.copy != .current,
            let scaler = canary.autoscaler
        else { return nil }
        let label = "\(scaler.kind) \(scaler.name)-primary.\(canary.namespace)"
        return .act(Step(actions: [.applyAutoscaler], events: [setRight(label)]))
    }

    /// The primary is gone: it is made anew of what is proven, and of nothing else.
    ///
    /// By the target, where that holds it; else by the ledger.
    private static func remakePrimary(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let event = setRight("\(canary.target.kind) \(canary.primaryLabel)")
        if isProven(target.revision, canary.status) {
            if let configs = observation.configs, configs != .current { return .act(Step(actions: [.applyConfigs])) }
            return .act(Step(actions: [.createPrimary], events: [event]))
        }
        let revision = promotedRevision(canary.status)
        guard observation.ledger.contains(where: { $0.revision == revision }) else {
            let message =
                "\(canary.targetKind.word) \(canary.primaryLabel) is gone and \(canary.targetLabel) no longer holds the promoted "
                + "revision \(revision); set that template again to bring the primary back"
            return blocked(observation, message)
        }
        return .act(Step(actions: [.restorePrimary(revision: revision)], events: [event]))
    }

    /// Whether a primary may be made of `revision`: the promoted one, and the one that is being promoted.
    private static func isProven(_ revision: String?, _ status: CanaryStatus) -> Bool {
        let isPromoting = status.phase == .promoting && !status.isRollingBack
        return revision == promotedRevision(status) || isPromoting && revision == status.lastAppliedSpec
    }

    /// The revision that the primary has, or had: once it has taken the traffic, the one that passed.
    private static func promotedRevision(_ status: CanaryStatus) -> String {
        status.phase == .finalising ? status.lastAppliedSpec : status.lastPromotedSpec
    }

    private static func setRight(_ label: String) -> RolloutEvent {
        .warning(.drift, "\(label) was missing or changed and is set right")
    }

    /// Takes the target's pods away, and keeps its autoscaler from making new ones; nil when there are none.
    static func takePodsAway(_ observation: Observation, _ target: Workload) -> Decision? {
        var actions: [Action] = observation.autoscaler?.isToBePaused == true ? [.pauseAutoscaler(true)] : []
        if target.replicas > 0 { actions.append(.scaleTargetToZero) }
        return actions.isEmpty ? nil : .act(Step(actions: actions))
    }
}
