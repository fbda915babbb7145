import FlaggerAPI

extension Rollout {
    /// No revision is on its way: look for one.
    static func rest(_ observation: Observation, _ target: Workload) -> Decision {
        let canary = observation.canary
        let status = canary.status
        let revision = target.revision ?? ""
        if let adoption = adopt(observation, revision) { return adoption }
        if let late = gateLate(observation) { return late }
        if let left = leaveRoute(observation) { return left }
        if let home = sendHome(observation) { return home }
        if observation.autoscaler?.isToBePaused == true { return .act(Step(actions: [.pauseAutoscaler(true)])) }
        // Those of a run that ended when this revision came.
        if status.phase == .waiting, let decision = takePodsAway(observation, target) { return decision }
        if revision == status.lastPromotedSpec { return settle(observation, target, revision) }
        if revision != status.lastAppliedSpec { return startRun(observation, target, revision) }
        if status.phase == .waiting {
            var status = status
            status.enter(.failed, kind: canary.target.kind, at: observation.now)
            return .act(Step(record: status))
        }
        guard target.isAdmitted else {
            let message = "Revision \(revision) of \(canary.targetLabel) was rolled back before and is not tried again"
            return admit(observation, revision, .warning(.gateOpened, message))
        }
        return .act(Step(next: .after(canary.analysis.interval)))
    }

    /// Takes over what another controller has brought to its end.
    ///
    /// After a success its primary serves the target's template, which so counts as promoted; after a failure the
    /// target holds what failed. What waits for approval there is a new revision here.
    private static func adopt(_ observation: Observation, _ revision: String) -> Decision? {
        var status = observation.canary.status
        guard isForeign(status, observation), ![status.lastAppliedSpec, status.lastPromotedSpec].contains(revision)
        else { return nil }
        switch status.phase {
        case .initialized, .succeeded: status.lastPromotedSpec = revision
        case .failed: break
        default: return nil
        }
        status.lastAppliedSpec = revision
        // From now on the status is ours.
        status.lastCheckTime = observation.now
        status.lastTransitionTime = observation.now
        return .act(Step(record: status))
    }

    /// Whether another controller wrote the status: Flagger keeps no time of the checks and puts no revision on a
    /// primary, and its hashes are of other characters or, where they are long, of some of our digits alone.
    static func isForeign(_ status: CanaryStatus, _ observation: Observation) -> Bool {
        status.lastCheckTime == nil && status.checks.isEmpty && observation.primary?.revision == nil
            && !RevisionForm.isOurs(status.lastAppliedSpec) && !RevisionForm.isOurs(status.lastPromotedSpec)
    }

    /// The target holds the promoted revision: there is nothing to analyse, and its pods stay away.
    private static func settle(_ observation: Observation, _ target: Workload, _ revision: String) -> Decision {
        let canary = observation.canary
        if let held = observation.primary?.revision, held != revision {
            return .act(Step(actions: [.copyTemplate(revision: revision)]))
        }
        if !target.isAdmitted {
            let message = "\(canary.targetLabel) holds the promoted revision \(revision); there is nothing to analyse"
            return admit(observation, revision, .normal(.gateOpened, message))
        }
        guard canary.status.phase == .waiting else {
            return nameInFull(observation) ?? .act(Step(next: .after(canary.analysis.interval)))
        }
        return withdrawn(observation, revision)
    }

    /// Gives the promoted revision the name that says of ConfigMaps and Secrets too, so that a change of these is seen from
    /// now on; nil where it has it.
    ///
    /// The ledger gets it under that name, as a promotion that fails is taken back by it.
    private static func nameInFull(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        guard let name = observation.gate.fullName else { return nil }
        let former = canary.status.lastPromotedSpec
        var status = canary.status
        status.lastPromotedSpec = name
        status.lastAppliedSpec = name
        status.trackedConfigs = observation.gate.configs
        let message =
            "Revision \(former) of \(canary.targetLabel) is called \(name) from now on, with the ConfigMaps and Secrets that "
            + "it was promoted with"
        return .act(
            Step(
                record: status,
                actions: renamedEntry(name, observation).map { [.recordRevision($0)] } ?? [],
                events: [.normal(.renamed, message)]
            )
        )
    }

    /// The ledger's entry of the promoted revision under its new `name`; nil where the ledger was not read.
    private static func renamedEntry(_ name: String, _ observation: Observation) -> RevisionEntry? {
        guard observation.gate.isLedgerRead, let template = observation.gate.template else { return nil }
        let former = observation.canary.status.lastPromotedSpec
        let known = observation.ledger.first { $0.revision == former && $0.verdict == .promoted }
        return RevisionEntry(
            revision: name,
            change: known?.change ?? "named with its ConfigMaps and Secrets",
            requestedBy: known?.requestedBy ?? "",
            requestedAt: known?.requestedAt,
            startedAt: observation.now,
            endedAt: known?.endedAt,
            verdict: .promoted,
            reason: "it was promoted as \(former)",
            template: template
        )
    }

    /// Opens the gate for a revision that gets no pods.
    private static func admit(_ observation: Observation, _ revision: String, _ event: RolloutEvent) -> Decision {
        .act(Step(actions: [.admitTarget(revision: revision, replicas: 0)], events: [event]))
    }

    /// Ends a run whose revision was taken back to the promoted one.
    static func withdrawn(_ observation: Observation, _ revision: String) -> Decision {
        let canary = observation.canary
        var status = canary.status
        status.stand(at: .start, since: observation.now)
        status.failedChecks = 0
        status.checks = []
        status.lastCheckTime = observation.now
        status.lastAppliedSpec = revision
        status.enter(.initialized, kind: canary.target.kind, at: observation.now)
        let message = "Promoted revision \(revision) is back on \(canary.targetLabel), ending analysis"
        return .act(Step(record: status, events: [.normal(.withdrawn, message)]))
    }

    /// Asks the confirm-rollout hooks and lets the revision in.
    private static func startRun(_ observation: Observation, _ target: Workload, _ revision: String) -> Decision {
        let canary = observation.canary
        var warnings: [RolloutEvent] = []
        if let primary = observation.primary {
            switch observation.primaryReadiness(primary) {
            case .ready: break
            case .waiting(let reason):
                return wait(observation, "\(canary.primaryLabel) not ready: \(reason)")
            // The new revision may be what mends it.
            case .stuck(let reason):
                let message = "\(canary.primaryLabel) not ready: \(reason)"
                warnings = [.warning(.notReady, message)]
            }
        }
        let isWaiting = canary.status.phase == .waiting
        if isWaiting, !observation.isCheckDue { return .act(Step(next: .after(observation.untilNextCheck))) }
        var round = CheckRound(observation)
        switch round.ask(.confirmRollout, phase: canary.status.phase, revision: revision, onFailure: .hold) {
        case .asking(let questions): return .ask(questions)
        case .failed(let hook):
            let message = "Halt \(canary.label) advancement waiting for approval \(hook.name)"
            var status = canary.status
            status.checks = round.records
            status.lastCheckTime = observation.now
            status.enter(.waiting, kind: canary.target.kind, at: observation.now)
            let news: [RolloutEvent] = isWaiting ? [] : [.warning(.waiting, message)]
            return .act(Step(record: status, events: news, next: .after(canary.analysis.interval)))
        case .passed: break
        }
        let message = "New revision detected! Scaling up \(canary.targetLabel)"
        let record = freshRun(observation, revision)
        return .act(Step(record: record, events: warnings + round.events + [.normal(.newRevision, message)]))
    }

    /// The status at the start of a run: all counters at zero.
    static func freshRun(_ observation: Observation, _ revision: String) -> CanaryStatus {
        var status = observation.canary.status
        status.stand(at: .start, since: observation.now)
        status.strategy = observation.canary.analysis.strategy.kind
        status.failedChecks = 0
        status.checks = []
        status.lastCheckTime = nil
        status.lastAppliedSpec = revision
        status.enter(.progressing, kind: observation.canary.target.kind, at: observation.now)
        return status
    }
}
