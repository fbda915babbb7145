import FlaggerAPI

extension Rollout {
    /// The change that brings the route to `traffic`; nil when it is there, or when there is no route to change.
    static func change(of observation: Observation, to traffic: Traffic) -> Action? {
        guard case .present(let reading, _) = observation.route else { return nil }
        guard observation.canary.provider == .contour else {
            return reading.traffic == traffic ? nil : .setTraffic(traffic)
        }
        if !reading.isShaped { return .shapeRoute(traffic) }
        guard let present = reading.traffic else {
            return traffic.session == nil && traffic.mirror == 0 ? .setTraffic(traffic) : .shapeRoute(traffic)
        }
        guard present != traffic else { return nil }
        let isShareAlone = present.session == traffic.session && present.mirror == traffic.mirror
        return isShareAlone ? .setTraffic(traffic) : .shapeRoute(traffic)
    }

    /// Traffic before pods: all of it goes to the primary, and Contour has said so.
    ///
    /// Nil when that is reached.
    static func sendHome(_ observation: Observation) -> Decision? {
        let label = observation.canary.routeLabel
        switch observation.route {
        case .missing, .foreign: return nil
        case .unreadable(let reason): return blocked(observation, "\(label) \(reason)")
        case .present(let reading, _):
            if let action = change(of: observation, to: .home) {
                let isNews = reading.traffic != .home
                let news = RolloutEvent.normal(.routed, "Routing all traffic to primary")
                return .act(Step(actions: [action], events: isNews ? [news] : []))
            }
            return awaitWayHome(observation)
        }
    }

    /// Waits until Contour has said that the traffic goes where the route, which leads home, says; nil when it has.
    static func awaitWayHome(_ observation: Observation) -> Decision? {
        guard case .present(_, .pending) = observation.route else { return nil }
        let label = observation.canary.routeLabel
        return wait(observation, "\(label) not ready: waiting for Contour to route all traffic to primary")
    }

    /// The target is gone: the share of the traffic that its pods had goes to the primary, and the loop waits.
    static func missTarget(_ observation: Observation) -> Decision {
        let canary = observation.canary
        guard observation.primary != nil, let action = change(of: observation, to: .home) else {
            return blocked(observation, "\(canary.targetKind.word) \(canary.targetLabel) get query error: not found")
        }
        let message = "Routing all traffic to primary, as \(canary.targetLabel) is not there"
        return .act(Step(actions: [action], events: [.warning(.drift, message)]))
    }

    /// Brings the route to what was written down, or to the primary while the canary has no pod to answer.
    ///
    /// When a share is given, the interval starts anew: what was measured without it says nothing about it. One that was
    /// taken away is given back to a canary that is ready, and not to the first of its pods.
    static func holdTraffic(_ observation: Observation, _ target: Workload) -> Decision? {
        let canary = observation.canary
        let planned = plannedTraffic(canary, canary.status)
        if let traffic = relief(observation, target, planned) {
            guard let action = change(of: observation, to: traffic) else { return nil }
            let message = "Routing all traffic to canary, as \(canary.primaryLabel) has no pod to take any"
            return .act(Step(actions: [action], events: [.warning(.drift, message)]))
        }
        guard isServing(observation, target) else {
            return standsIn(observation, target) ? nil : takeTraffic(observation, target)
        }
        guard let action = change(of: observation, to: planned) else { return nil }
        if asksForMore(planned, than: observation.route), observation.canaryReadiness(target) != .ready { return nil }
        if endsRelief(planned, observation) { return nil }
        if planned == .home {
            let message = "Set \(canary.label) canary weight back to 0"
            return .act(Step(actions: [action], events: [.warning(.drift, message)]))
        }
        var status = canary.status
        status.lastCheckTime = observation.now
        status.lastStepTime = observation.now
        status.lastTransitionTime = observation.now
        let event = trafficEvent(observation)
        return .act(Step(record: status, actions: [action], events: [event]))
    }

    /// Whether `traffic` gives the canary more requests, or copies of them, than the route does.
    private static func asksForMore(_ traffic: Traffic, than route: RouteState) -> Bool {
        guard case .present(let reading, _) = route, let present = reading.traffic else { return false }
        return traffic.canary > present.canary || traffic.mirror > present.mirror
    }

    /// Whether `traffic` takes requests from the canary that stood in for the primary, before that has all of its pods.
    private static func endsRelief(_ traffic: Traffic, _ observation: Observation) -> Bool {
        guard observation.canary.status.phase == .promoting, case .present(let reading, _) = observation.route,
            reading.traffic?.canary == 100, traffic.canary < 100, let primary = observation.primary
        else { return false }
        return observation.primaryReadiness(primary) != .ready
    }

    /// What the route does as long as all is well.
    static func plannedTraffic(_ canary: Canary, _ status: CanaryStatus) -> Traffic {
        let plan = AnalysisPlan(canary, status: status)
        switch status.phase {
        case .progressing, .waitingPromotion:
            return status.isRollingBack ? .home : plan.traffic(at: plan.place)
        case .promoting:
            if case .matches = canary.analysis.strategy {
                return status.iterations > 0 ? Traffic(canary: 100) : .home
            }
            let weight = status.canaryWeight
            return weight == 0 ? .home : Traffic(canary: weight, session: plan.cookies)
        default: return .home
        }
    }

    private static func takeTraffic(_ observation: Observation, _ target: Workload) -> Decision? {
        let canary = observation.canary
        guard let action = change(of: observation, to: .home) else { return nil }
        let reason =
            target.revision == canary.status.lastAppliedSpec
            ? "has no pod to take any" : "no longer holds revision \(canary.status.lastAppliedSpec)"
        let message = "Routing all traffic to primary, as \(canary.targetLabel) \(reason)"
        return .act(Step(actions: [action], events: [.warning(.drift, message)]))
    }

    /// The traffic while the canary, which has passed, stands in for a primary without pods; nil when it need not.
    ///
    /// Requests that match no condition of an A/B test can not be sent to it; callers who would stay with the primary go
    /// to it as all others do.
    private static func relief(_ observation: Observation, _ target: Workload, _ planned: Traffic) -> Traffic? {
        guard standsIn(observation, target) else { return nil }
        if case .matches = observation.canary.analysis.strategy { return nil }
        return Traffic(canary: 100, session: planned.session.map { SessionCookies(canary: $0.canary) })
    }

    /// Whether the pods of the revision that has passed are the only ones that answer, as the primary has none.
    ///
    /// They do so too when the target holds another revision by now, as long as the gate is closed before it: a paused
    /// Deployment keeps the pods that it has.
    static func standsIn(_ observation: Observation, _ target: Workload) -> Bool {
        let canary = observation.canary
        guard canary.status.phase == .promoting, let primary = observation.primary,
            primary.status.isObserved, primary.replicas > 0, primary.status.available == 0
        else { return false }
        if isServing(observation, target) { return true }
        let isKept = canary.targetKind == .deployment && !target.isAdmitted && observation.gate.slip == nil
        return isKept && target.replicas > 0 && target.status.available > 0
    }

    /// What was written down is set: a step that was not finished, or drift that is set right.
    private static func trafficEvent(_ observation: Observation) -> RolloutEvent {
        let canary = observation.canary
        guard case .present(let reading, _) = observation.route, let present = reading.traffic else {
            return drift(canary)
        }
        if canary.status.phase == .promoting {
            let weight = canary.status.canaryWeight
            let isStep = present.canary > weight && canary.analysis.promotion.next(after: present.canary) == weight
            return isStep && weight > 0 ? backward(canary, to: weight) : drift(canary)
        }
        let plan = AnalysisPlan(canary)
        let isStep = [
            .start, .mirroring(present.mirror), .weight(present.canary), .iteration(canary.status.iterations - 1),
            .iteration(canary.status.iterations),
        ].contains { plan.next(after: $0) == plan.place && plan.traffic(at: $0) == present }
        return isStep ? forward(canary, to: plan.place) : drift(canary)
    }

    private static func drift(_ canary: Canary) -> RolloutEvent {
        .warning(.drift, "Set \(canary.label) canary weight back to \(plannedTraffic(canary, canary.status).canary)")
    }

    /// The news of a step of the analysis.
    static func forward(_ canary: Canary, to place: AnalysisPlace) -> RolloutEvent {
        switch place {
        case .start: .normal(.routed, "Routing all traffic to primary")
        case .mirroring(let percent): .normal(.advanced, "Advance \(canary.label) mirrored traffic \(percent)")
        case .weight(let weight): .normal(.advanced, "Advance \(canary.label) canary weight \(weight)")
        case .iteration(let number):
            .normal(.advanced, "Advance \(canary.label) canary iteration \(number)/\(canary.analysis.iterations)")
        case .switched:
            .normal(
                .routed,
                canary.analysis.mirrors
                    ? "Stop traffic mirroring and route all traffic to canary" : "Routing all traffic to canary"
            )
        }
    }

    /// The news of a step of the promotion.
    static func backward(_ canary: Canary, to weight: Int) -> RolloutEvent {
        .normal(.advanced, "Advance \(canary.label) primary weight \(100 - weight)")
    }

    /// Whether the target's pods are those of the analysed revision and at least one answers.
    ///
    /// It may be that the Deployment's controller has not seen a change of replicas yet; the pods that it told of
    /// before are of the same template.
    static func isServing(_ observation: Observation, _ target: Workload) -> Bool {
        guard target.isAdmitted, target.revision == observation.canary.status.lastAppliedSpec else { return false }
        return target.replicas > 0 && target.status.available > 0
    }
}
