import FlaggerAPI

extension Rollout {
    /// A Canary that was never seen.
    static func begin(_ observation: Observation) -> Decision {
        var status = observation.canary.status
        status.enter(.initializing, kind: observation.canary.target.kind, at: observation.now)
        return .act(Step(record: status))
    }

    /// Pods before traffic: the primary, what scales it, what names it, the route, and only then the target's pods go.
    static func initialise(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let isOfTarget = observation.primary.map { $0.revision == nil || $0.revision == target.revision } ?? true
        if isOfTarget, let configs = observation.configs, configs != .current {
            return .act(Step(actions: [.applyConfigs]))
        }
        guard let primary = observation.primary else { return .act(Step(actions: [.createPrimary])) }
        switch observation.primaryReadiness(primary) {
        case .ready: break
        case .waiting(let reason):
            return mendPrimary(observation, target)
                ?? wait(observation, "\(canary.primaryLabel) not ready: \(reason)")
        case .stuck(let reason):
            return mendPrimary(observation, target)
                ?? blocked(observation, "\(canary.primaryLabel) not ready: \(reason)")
        }
        if let autoscaler = observation.autoscaler {
            guard autoscaler.hasSource else {
                let kind = canary.autoscaler?.kind ?? ""
                let label = "\(canary.autoscaler?.name ?? "").\(canary.namespace)"
                return blocked(observation, "\(kind) \(label) get query error: not found")
            }
            if autoscaler.copy != .current { return .act(Step(actions: [.applyAutoscaler])) }
        }
        for role in [ServiceRole.primary, .canary] where observation.services[role] != .current {
            return .act(Step(actions: [.applyService(role)]))
        }
        if observation.services[.apex] == .missing { return .act(Step(actions: [.applyService(.apex)])) }
        return initialiseRoute(observation, target, primary)
    }

    /// Before the first initialisation is done, what does not come up is given what the target holds by now.
    private static func mendPrimary(_ observation: Observation, _ target: Workload) -> Decision? {
        guard let revision = target.revision, let held = observation.primary?.revision, held != revision else {
            return nil
        }
        return .act(Step(actions: [.copyTemplate(revision: revision)]))
    }

    private static func initialiseRoute(
        _ observation: Observation,
        _ target: Workload,
        _ primary: Workload
    ) -> Decision {
        let canary = observation.canary
        let label = canary.routeLabel
        var remark = ""
        switch observation.route {
        case .missing where canary.provider == .contour: return .act(Step(actions: [.createRoute(.home)]))
        case .missing: return wait(observation, "\(label) not ready: not found")
        case .foreign(let reason), .unreadable(let reason): return blocked(observation, "\(label) \(reason)")
        case .present(_, let verdict):
            if let action = change(of: observation, to: .home) { return .act(Step(actions: [action])) }
            switch verdict {
            case .valid: break
            case .orphaned(let reason):
                remark = "; no HTTPProxy includes \(canary.service.apexName) yet, so no traffic comes by it (\(reason))"
            case .invalid(let reason): return blocked(observation, "\(label) is invalid: \(reason)")
            case .pending: return wait(observation, "\(label) not ready: waiting for Contour to report on it")
            }
        }
        if observation.services[.apex] != .current { return .act(Step(actions: [.applyService(.apex)])) }
        if let budget = observation.disruptionBudget, budget != .current {
            return .act(Step(actions: [.applyDisruptionBudget]))
        }
        if let decision = takePodsAway(observation, target) { return decision }
        return initialised(observation, target, primary, remark)
    }

    private static func initialised(
        _ observation: Observation,
        _ target: Workload,
        _ primary: Workload,
        _ remark: String
    ) -> Decision {
        let canary = observation.canary
        var status = canary.status
        status.stand(at: .start, since: observation.now)
        status.failedChecks = 0
        status.lastPromotedSpec = primary.revision ?? target.revision ?? ""
        status.lastAppliedSpec = status.lastPromotedSpec
        status.enter(.initialized, kind: canary.target.kind, at: observation.now)
        let event = RolloutEvent.normal(.initialized, "Initialization done! \(canary.label)\(remark)")
        return .act(Step(record: status, events: [event]))
    }
}
