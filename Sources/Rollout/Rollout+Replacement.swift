import FlaggerAPI

/// The target gets another template while one is analysed.
extension Rollout {
    /// The target got another template while one was analysed: the traffic goes home before its pods may come.
    static func replaceRun(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let revision = target.revision ?? ""
        if let decision = takeConfigsBack(observation) { return decision }
        guard revision == canary.status.lastPromotedSpec else { return startAnew(observation, target, revision) }
        if let held = observation.primary?.revision, held != revision {
            return .act(Step(actions: [.copyTemplate(revision: revision)]))
        }
        if let decision = awaitPrimary(observation, target) { return decision }
        if let home = sendHome(observation) { return home }
        if observation.autoscaler?.isToBePaused == true { return .act(Step(actions: [.pauseAutoscaler(true)])) }
        if target.replicas > 0 || !target.isAdmitted {
            return .act(Step(actions: [.admitTarget(revision: revision, replicas: 0)]))
        }
        return withdrawn(observation, revision)
    }

    /// A promotion ends that had given the primary its data, and not yet its template: the former data come back, and before
    /// anything that waits for the primary, whose pods may not start with the others; nil where they are there.
    private static func takeConfigsBack(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        let promoted = canary.status.lastPromotedSpec
        guard observation.gate.hasStrayConfigs, canary.status.phase == .promoting,
            observation.primary?.revision == promoted
        else { return nil }
        let message =
            "Set the ConfigMaps and Secrets of \(canary.primaryLabel) back to the promoted revision \(promoted)"
        return .act(Step(actions: [.restorePrimary(revision: promoted)], events: [.warning(.drift, message)]))
    }

    /// Another revision takes the place of the one under analysis; hooks are asked about it before it gets pods, as at rest.
    private static func startAnew(_ observation: Observation, _ target: Workload, _ revision: String) -> Decision {
        let canary = observation.canary
        let news = RolloutEvent.normal(
            .restarted,
            "New revision detected! Restarting analysis for \(canary.targetLabel)"
        )
        guard !canary.analysis.hooks(.confirmRollout).isEmpty else {
            return .act(Step(record: freshRun(observation, revision), events: [news]))
        }
        // An answer may take days: nobody has what is no longer wanted meanwhile, unless it passed and alone answers.
        let isSubstituted = standsIn(observation, target)
        if isSubstituted {
            if let step = holdTraffic(observation, target) { return step }
            guard observation.isCheckDue else { return .act(Step(next: .after(observation.untilNextCheck))) }
        } else {
            if canary.status.phase == .promoting, let decision = awaitPrimary(observation, target) { return decision }
            if let home = sendHome(observation) { return home }
        }
        var round = CheckRound(observation)
        switch round.ask(.confirmRollout, phase: canary.status.phase, revision: revision, onFailure: .hold) {
        case .asking(let questions): return .ask(questions)
        case .passed:
            return .act(Step(record: freshRun(observation, revision), events: round.events + [news]))
        case .failed(let hook):
            let message = "Halt \(canary.label) advancement waiting for approval \(hook.name)"
            if isSubstituted { return holdSubstitute(observation, message) }
            // The run is over; its revision, should it be set again, is a new one.
            var status = freshRun(observation, canary.status.lastPromotedSpec)
            status.checks = round.records
            status.lastCheckTime = observation.now
            status.enter(.waiting, kind: canary.target.kind, at: observation.now)
            return .act(Step(record: status, events: [.warning(.waiting, message)]))
        }
    }

    /// The revision that has passed goes on answering until the other is agreed to; the hooks are asked at each interval.
    private static func holdSubstitute(_ observation: Observation, _ message: String) -> Decision {
        var status = observation.canary.status
        // Each step of a promotion sets both times: where they differ a hook has refused since.
        let isNews = status.lastCheckTime == status.lastStepTime
        status.lastCheckTime = observation.now
        let events: [RolloutEvent] = isNews ? [.warning(.waiting, message)] : []
        return .act(Step(record: status, events: events, next: .after(observation.canary.analysis.interval)))
    }

    /// The traffic of a revision that is taken back waits for a primary without any pod, and in a promotion for all of
    /// those that it was just given; nil when it can go home.
    private static func awaitPrimary(_ observation: Observation, _ target: Workload) -> Decision? {
        guard let primary = observation.primary else { return nil }
        let canary = observation.canary
        let isSubstituted = standsIn(observation, target)
        func held(_ otherwise: Decision) -> Decision {
            (isSubstituted ? holdTraffic(observation, target) : nil) ?? otherwise
        }
        switch observation.primaryReadiness(primary) {
        case .ready: return nil
        case .waiting(let reason):
            guard canary.status.phase == .promoting || primary.status.available == 0 else { return nil }
            return held(wait(observation, "\(canary.primaryLabel) not ready: \(reason)"))
        case .stuck(let reason):
            guard isSubstituted else { return nil }
            let message = "the pods that have passed serve until it is"
            return held(blocked(observation, "\(canary.primaryLabel) not ready: \(reason); \(message)"))
        }
    }
}
