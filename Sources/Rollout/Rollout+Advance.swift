import FlaggerAPI
import Platform

/// All checks of a round passed: where the run goes from there.
extension Rollout {
    /// The next place of the analysis, or the promotion, once the pause and the hooks before it let it.
    static func advance(_ observation: Observation, _ round: CheckRound) -> Decision {
        let canary = observation.canary
        let plan = AnalysisPlan(canary)
        let place = plan.place
        if let pause = plan.pause(at: place), let decision = keep(pause, observation, round) { return decision }
        let next = plan.next(after: place)
        var round = round
        if asksForMoreTraffic(plan, canary.analysis, place, next) {
            let revision = canary.status.lastAppliedSpec
            switch round.ask(.confirmTrafficIncrease, phase: .progressing, revision: revision, onFailure: .hold) {
            case .asking(let questions): return .ask(questions)
            case .failed(let hook):
                let message = "Halt \(canary.label) advancement waiting for traffic increase approval \(hook.name)"
                let isNews = !canary.status.checks.contains { $0.name == hook.name && $0.follows == .hold }
                return hold(observation, round, isNews ? [.warning(.waiting, message)] : [])
            case .passed: break
            }
        }
        if plan.endsAnalysis(at: place) { return confirmPromotion(observation, round, next) }
        guard let next else { return startPromotion(observation, round) }
        return move(observation, round, to: next)
    }

    /// Whether confirm-traffic-increase hooks are asked: when there would be more traffic, and of a canary by weight at the
    /// end too, as in Flagger.
    private static func asksForMoreTraffic(
        _ plan: AnalysisPlan,
        _ analysis: CanaryAnalysis,
        _ place: AnalysisPlace,
        _ next: AnalysisPlace?
    ) -> Bool {
        guard let next else { return analysis.goesByWeights }
        return plan.traffic(at: next).canary > plan.traffic(at: place).canary
    }

    /// Goes to the next place of the analysis.
    private static func move(_ observation: Observation, _ round: CheckRound, to place: AnalysisPlace) -> Decision {
        let canary = observation.canary
        let traffic = AnalysisPlan(canary).traffic(at: place)
        var status = canary.status
        status.stand(at: place, mirror: traffic.mirror, since: observation.now)
        status.checks = round.records
        status.lastCheckTime = observation.now
        status.enter(.progressing, kind: canary.target.kind, at: observation.now)
        let action = change(of: observation, to: traffic)
        return .act(
            Step(
                record: status,
                actions: action.map { [$0] } ?? [],
                events: round.events + [forward(canary, to: place)]
            )
        )
    }

    /// The run stays where it is until a hook agrees; that is no failed check.
    private static func hold(_ observation: Observation, _ round: CheckRound, _ events: [RolloutEvent]) -> Decision {
        var status = observation.canary.status
        status.checks = round.records
        status.lastCheckTime = observation.now
        status.lastTransitionTime = observation.now
        return .act(
            Step(record: status, events: round.events + events, next: .after(observation.canary.analysis.interval))
        )
    }

    /// Stays in `pause` until its time is over or somebody ends it; nil when that is so.
    private static func keep(_ pause: CanaryPause, _ observation: Observation, _ round: CheckRound) -> Decision? {
        let canary = observation.canary
        if canary.resumes(pause) { return nil }
        let since = canary.status.lastStepTime ?? canary.status.lastCheckTime ?? observation.now
        if let duration = pause.duration, observation.now >= since + duration { return nil }
        let end = pause.duration.map { "until \((since + $0).rfc3339)" } ?? "until it is told to go on"
        var round = round
        round.note(
            .pause,
            kind: "pause",
            name: pause.placeText,
            answered: end,
            outcome: .passed,
            follows: .hold
        )
        let isNews = !canary.status.checks.contains { $0.subject == .pause && $0.name == pause.placeText }
        let order =
            "kubectl -n \(canary.namespace) annotate --overwrite canary \(canary.name) "
            + "\(CanaryPause.annotation)=\(canary.status.lastAppliedSpec):\(pause.number)"
        let message = "Pausing \(canary.label) at \(pause.placeText) \(end); to go on: \(order)"
        return hold(observation, round, isNews ? [.normal(.waiting, message)] : [])
    }

    /// Asks the confirm-promotion hooks once, at the end of the analysis or before all of the traffic is switched over.
    private static func confirmPromotion(
        _ observation: Observation,
        _ round: CheckRound,
        _ next: AnalysisPlace?
    ) -> Decision {
        let canary = observation.canary
        var round = round
        let result = round.ask(
            .confirmPromotion,
            phase: .progressing,
            revision: canary.status.lastAppliedSpec,
            onFailure: .hold
        )
        switch result {
        case .asking(let questions): return .ask(questions)
        case .passed:
            guard let next else { return startPromotion(observation, round) }
            return move(observation, round, to: next)
        case .failed(let hook):
            var status = canary.status
            status.checks = round.records
            status.lastCheckTime = observation.now
            status.enter(.waitingPromotion, kind: canary.target.kind, at: observation.now)
            let message = "Halt \(canary.label) advancement waiting for promotion approval \(hook.name)"
            let isNews = canary.status.phase != .waitingPromotion
            let events = round.events + (isNews ? [.warning(.waiting, message)] : [])
            return .act(Step(record: status, events: events, next: .after(canary.analysis.interval)))
        }
    }
}

extension CanaryStatus {
    /// Stands where `earlier` stood.
    mutating func goBack(to earlier: CanaryStatus) {
        canaryWeight = earlier.canaryWeight
        mirrorWeight = earlier.mirrorWeight
        iterations = earlier.iterations
        lastStepTime = earlier.lastStepTime
    }
}
