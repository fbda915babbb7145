import FlaggerAPI
import Platform

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
        guard let primary = observation.primary else { return .act(Step(actions: [.createPrimary])) }
        switch observation.primaryReadiness(primary) {
        case .ready: break
        case .waiting(let reason), .stuck(let reason):
            if let revision = target.revision, let held = primary.revision, held != revision {
                return .act(Step(actions: [.copyTemplate(revision: revision)]))
            }
            return wait(observation, "\(canary.primaryLabel) not ready: \(reason)")
        }
        if let autoscaler = observation.autoscaler {
            guard autoscaler.hasSource else {
                let label = "\(canary.autoscaler?.name ?? "").\(canary.namespace)"
                return blocked(observation, "HorizontalPodAutoscaler \(label) get query error: not found")
            }
            if autoscaler.copy != .current { return .act(Step(actions: [.applyAutoscaler])) }
        }
        for role in [ServiceRole.primary, .canary] where observation.services[role] != .current {
            return .act(Step(actions: [.applyService(role)]))
        }
        if observation.services[.apex] == .missing { return .act(Step(actions: [.applyService(.apex)])) }
        return initialiseRoute(observation, target, primary)
    }

    private static func initialiseRoute(
        _ observation: Observation,
        _ target: Workload,
        _ primary: Workload
    ) -> Decision {
        let canary = observation.canary
        let label = "HTTPProxy \(canary.service.apexName).\(canary.namespace)"
        var remark = ""
        switch observation.route {
        case .missing: return .act(Step(actions: [.createRoute(.home)]))
        case .foreign(let reason), .unreadable(let reason): return blocked(observation, "\(label) \(reason)")
        case .present(let reading, let verdict):
            if !reading.isShaped { return .act(Step(actions: [.shapeRoute(.home)])) }
            if reading.traffic != .home { return .act(Step(actions: [.setTraffic(.home)])) }
            switch verdict {
            case .valid: break
            case .orphaned(let reason):
                remark = "; no HTTPProxy includes \(canary.service.apexName) yet, so no traffic comes by it (\(reason))"
            case .invalid(let reason): return blocked(observation, "\(label) is invalid: \(reason)")
            case .pending: return wait(observation, "\(label) not ready: waiting for Contour to report on it")
            }
        }
        if observation.services[.apex] != .current { return .act(Step(actions: [.applyService(.apex)])) }
        if target.replicas > 0 { return .act(Step(actions: [.scaleTargetToZero])) }
        var status = canary.status
        status.canaryWeight = 0
        status.failedChecks = 0
        status.lastPromotedSpec = primary.revision ?? target.revision ?? ""
        status.lastAppliedSpec = status.lastPromotedSpec
        status.enter(.initialized, kind: canary.target.kind, at: observation.now)
        let event = RolloutEvent.normal(.initialized, "Initialization done! \(canary.label)\(remark)")
        return .act(Step(record: status, events: [event]))
    }
}

extension Observation {
    /// Whether the primary can take all traffic.
    func primaryReadiness(_ primary: Workload) -> Readiness {
        primary.readiness(
            threshold: canary.analysis.primaryReadyThreshold,
            deadline: canary.progressDeadline,
            now: now
        )
    }

    /// Whether the canary can take its share of the traffic.
    func canaryReadiness(_ target: Workload) -> Readiness {
        target.readiness(threshold: canary.analysis.canaryReadyThreshold, deadline: canary.progressDeadline, now: now)
    }

    /// Whether the next round of checks is due.
    var isCheckDue: Bool {
        guard let last = canary.status.lastCheckTime else { return true }
        return now >= last + canary.analysis.interval
    }

    /// How long it is until the next round of checks.
    var untilNextCheck: Duration {
        guard let last = canary.status.lastCheckTime else { return .zero }
        return max(.zero, last + canary.analysis.interval - now)
    }
}
