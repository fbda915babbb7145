import FlaggerAPI
import Platform

extension Rollout {
    /// A round of checks is due: rollback hooks, the route, hooks, measurements, and then the next weight.
    static func check(_ observation: Observation) -> Decision {
        let canary = observation.canary
        if let decision = applyThreshold(observation) { return decision }
        if isPatient(observation) {
            return wait(observation, "\(canary.routeLabel) not ready: waiting for Contour to report on it")
        }
        var round = CheckRound(observation)
        if let decision = askForRollback(observation, &round) { return decision }
        guard case .present(_, let verdict) = observation.route else {
            let reason = if case .unreadable(let reason) = observation.route { reason } else { "not found" }
            return failedRoute(observation, round, reason)
        }
        switch verdict {
        case .valid: break
        case .invalid(let reason), .orphaned(let reason): return failedRoute(observation, round, reason)
        case .pending: return failedRoute(observation, round, "Contour has not reported on it for two intervals")
        }
        if AnalysisPlan(canary).place == .start { return checkBeforeTraffic(observation, round) }
        return checkUnderTraffic(observation, round)
    }

    /// As many checks have failed before as the threshold, which was lowered since, allows: the run ends now, and not when
    /// one more has failed.
    private static func applyThreshold(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        let count = canary.status.failedChecks
        guard count >= canary.analysis.threshold else { return nil }
        var round = CheckRound(observation)
        round.note(
            .workload,
            kind: canary.target.kind,
            name: canary.target.name,
            answered: "failed checks \(count)",
            bound: "< \(canary.analysis.threshold)",
            outcome: .failed,
            follows: .rollBack
        )
        let message = "Rolling back \(canary.label) failed checks threshold reached \(count)"
        return .act(recordRollback(observation, round, [.warning(.rollingBack, message)]))
    }

    /// Whether Contour still has time to report on the route, so that nobody is asked anything yet.
    ///
    /// Without a weight there is nothing to lose; with one, silence counts after a second interval.
    static func isPatient(_ observation: Observation) -> Bool {
        guard case .present(_, .pending) = observation.route else { return false }
        guard let last = observation.canary.status.lastCheckTime else { return true }
        return observation.now < last + observation.canary.analysis.interval * 2
    }

    /// A rollback hook that agrees ends the run.
    private static func askForRollback(_ observation: Observation, _ round: inout CheckRound) -> Decision? {
        let canary = observation.canary
        for hook in canary.analysis.hooks(.rollback) {
            let question = Question.hook(hook, phase: canary.status.phase, revision: canary.status.lastAppliedSpec)
            guard let answer = observation.answers[question] else { return .ask([question]) }
            round.note(hook, answer, onSuccess: .rollBack, onFailure: .note)
            guard answer == .passed else { continue }
            return .act(
                recordRollback(
                    observation,
                    round,
                    [
                        .warning(.hookPassed, "Rollback check \(hook.name) passed"),
                        .warning(.rollingBack, "Rolling back \(canary.label) manual webhook invoked"),
                    ]
                )
            )
        }
        return nil
    }

    /// The first round: pre-rollout hooks, once they have passed not again.
    private static func checkBeforeTraffic(_ observation: Observation, _ round: CheckRound) -> Decision {
        let canary = observation.canary
        var round = round
        let earlier = canary.status.checks.filter { $0.kind == CanaryHook.Kind.preRollout.rawValue }
        let hooks = canary.analysis.hooks(.preRollout)
        if !hooks.isEmpty, earlier.map(\.name) == hooks.map(\.name), earlier.allSatisfy({ $0.outcome == .passed }) {
            for record in earlier { round.keep(record) }
            return advance(observation, round)
        }
        if canary.status.lastCheckTime == nil {
            round.events.append(.normal(.started, "Starting canary analysis for \(canary.targetLabel)"))
        }
        let result = round.ask(
            .preRollout,
            phase: .progressing,
            revision: canary.status.lastAppliedSpec,
            onFailure: .failedCheck
        )
        switch result {
        case .asking(let questions): return .ask(questions)
        case .passed: return advance(observation, round)
        case .failed(let hook):
            let reason = round.records.last?.answered ?? ""
            return failedCheck(observation, round, "pre-rollout check \(hook.name) failed \(reason)")
        }
    }

    /// Rollout hooks, then all measurements, so that the verdict holds every reading.
    private static func checkUnderTraffic(_ observation: Observation, _ round: CheckRound) -> Decision {
        let canary = observation.canary
        var round = round
        let result = round.ask(
            .rollout,
            phase: .progressing,
            revision: canary.status.lastAppliedSpec,
            onFailure: .failedCheck
        )
        switch result {
        case .asking(let questions): return .ask(questions)
        case .failed(let hook):
            let reason = round.records.last?.answered ?? ""
            return failedCheck(observation, round, "external check \(hook.name) failed \(reason)")
        case .passed: break
        }
        let open = canary.analysis.metrics.map(Question.metric).filter { observation.answers[$0] == nil }
        if !open.isEmpty { return .ask(open) }
        var complaints: [String] = []
        for metric in canary.analysis.metrics {
            guard let answer = observation.answers[.metric(metric)] else { continue }
            let judgement = MetricJudgement(metric, answer, targetLabel: canary.targetLabel)
            if let complaint = judgement.complaint { complaints.append(complaint) }
            round.note(
                .metric,
                kind: "metric",
                name: metric.name,
                asked: "over \(metric.interval)",
                answered: judgement.answered,
                bound: judgement.bound,
                outcome: judgement.outcome,
                follows: judgement.outcome == .passed ? .proceed : .failedCheck
            )
        }
        guard complaints.isEmpty else {
            return failedCheck(observation, round, complaints.joined(separator: "; "))
        }
        return advance(observation, round)
    }

    /// Contour does not route as it should, so nothing can be measured.
    private static func failedRoute(_ observation: Observation, _ round: CheckRound, _ reason: String) -> Decision {
        var round = round
        let canary = observation.canary
        round.note(
            .route,
            kind: canary.provider == .contour ? "HTTPProxy" : "Service",
            name: canary.service.apexName,
            answered: reason,
            outcome: .cannotEvaluate,
            follows: .failedCheck
        )
        return failedCheck(observation, round, "\(canary.routeLabel): \(reason)")
    }

    /// One more failed check, and the rollback when it was one too many.
    private static func failedCheck(_ observation: Observation, _ round: CheckRound, _ complaint: String) -> Decision {
        let canary = observation.canary
        var round = round
        let count = canary.status.failedChecks + 1
        var events: [RolloutEvent] = [.warning(.halted, "Halt \(canary.label) advancement \(complaint)")]
        let isLast = count >= canary.analysis.threshold
        if isLast {
            round.rollBack()
            let message = "Rolling back \(canary.label) failed checks threshold reached \(count)"
            events.append(.warning(.rollingBack, message))
        }
        var step = recordRollback(observation, round, events)
        step.record?.failedChecks = count
        if !isLast {
            step.record?.goBack(to: canary.status)
            step.next = .after(canary.analysis.interval)
        }
        return .act(step)
    }
}
