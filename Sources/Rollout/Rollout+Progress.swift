import FlaggerAPI

extension Rollout {
    /// A revision is being analysed.
    static func progress(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let status = canary.status
        if status.isRollingBack { return rollBack(observation, target) }
        if target.revision != status.lastAppliedSpec { return replaceRun(observation, target) }
        if let decision = changeStrategy(observation) { return decision }
        if !target.isAdmitted || target.replicas == 0 { return letIn(observation, target) }
        if observation.autoscaler?.isHeldBack == true { return .act(Step(actions: [.pauseAutoscaler(false)])) }
        if let primary = observation.primary,
            case .waiting(let reason) = observation.primaryReadiness(primary)
        {
            return holdTraffic(observation, target)
                ?? wait(observation, "\(canary.primaryLabel) not ready: \(reason)")
        }
        switch observation.canaryReadiness(target) {
        case .ready: break
        case .waiting(let reason):
            let message = "canary \(canary.targetKind.word) \(canary.targetLabel) not ready: \(reason)"
            return holdTraffic(observation, target) ?? wait(observation, message)
        case .stuck(let reason): return giveUp(observation, reason)
        }
        if let step = holdTraffic(observation, target) { return step }
        if let promotion = promoteProven(observation) { return promotion }
        if canary.skipsAnalysis { return startPromotion(observation, CheckRound(observation)) }
        guard observation.isCheckDue else { return .act(Step(next: .after(observation.untilNextCheck))) }
        return check(observation)
    }

    /// The strategy was changed in the run: it begins at its first step, as what was counted in the other says nothing of it.
    private static func changeStrategy(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        guard let counted = canary.status.strategy, counted != canary.analysis.strategy.kind else { return nil }
        if let home = sendHome(observation) { return home }
        let message = "Another strategy detected! Restarting analysis for \(canary.targetLabel)"
        let record = freshRun(observation, canary.status.lastAppliedSpec)
        return .act(Step(record: record, events: [.normal(.restarted, message)]))
    }

    /// Opens the gate once no traffic can reach the target's pods.
    private static func letIn(_ observation: Observation, _ target: Workload) -> Decision {
        if let home = sendHome(observation) { return home }
        var actions: [Action] = [.admitTarget(revision: observation.canary.status.lastAppliedSpec, replicas: nil)]
        if observation.autoscaler?.isHeldBack == true { actions.append(.pauseAutoscaler(false)) }
        return .act(Step(actions: actions))
    }

    /// The canary's pods will not come: the revision is rolled back.
    private static func giveUp(_ observation: Observation, _ reason: String) -> Decision {
        let canary = observation.canary
        var round = CheckRound(observation)
        round.note(
            .workload,
            kind: canary.target.kind,
            name: canary.target.name,
            answered: reason,
            outcome: .failed,
            follows: .rollBack
        )
        let message =
            "Rolling back \(canary.label) canary \(canary.targetKind.word) \(canary.targetLabel) not ready: \(reason)"
        return .act(recordRollback(observation, round, [.warning(.rollingBack, message)]))
    }

    /// The step that writes a rollback down; from there on nothing but the rollback happens.
    static func recordRollback(_ observation: Observation, _ round: CheckRound, _ events: [RolloutEvent]) -> Step {
        var status = observation.canary.status
        status.checks = round.records
        status.stand(at: .start, since: observation.now)
        status.lastCheckTime = observation.now
        status.lastTransitionTime = observation.now
        return Step(record: status, events: round.events + events)
    }

    /// Traffic home, then the pods away, then the verdict; the primary is not touched.
    static func rollBack(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        if let home = sendHome(observation) { return home }
        if let decision = takePodsAway(observation, target) { return decision }
        var round = CheckRound(observation)
        let result = round.ask(
            .postRollout,
            phase: .failed,
            revision: canary.status.lastAppliedSpec,
            onFailure: .note
        )
        if case .asking(let questions) = result { return .ask(questions) }
        noteFailure(&round, result, observation)
        var status = canary.status
        status.stand(at: .start, since: observation.now)
        status.checks += round.records
        status.enter(.failed, kind: canary.target.kind, at: observation.now)
        let event = RolloutEvent.warning(.rolledBack, "Canary failed! Scaling down \(canary.label)")
        return .act(Step(record: status, events: [event] + round.events))
    }

    /// Tells of a post-rollout hook that failed; nothing follows from it.
    static func noteFailure(_ round: inout CheckRound, _ result: CheckRound.HookResult, _ observation: Observation) {
        guard case .failed(let hook) = result else { return }
        let reason = round.records.last?.answered ?? ""
        round.events.append(.warning(.halted, "Post-rollout hook \(hook.name) failed \(reason)"))
    }
}
