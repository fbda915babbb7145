import FlaggerAPI
import Platform

extension Action {
    /// Whether it goes along with whatever a step does, and is no part of the decision.
    var isBookkeeping: Bool {
        switch self {
        case .recordRevision, .markManaged: true
        default: false
        }
    }
}

/// What is written along with a step: the ledger, and what the status tells beside the rollout itself.
extension Rollout {
    /// `decision` with what goes along; the ledger comes last, so that nothing waits for it.
    static func withRecords(_ decision: Decision, of observation: Observation) -> Decision {
        guard case .act(var step) = decision else { return decision }
        noteConfigs(&step, observation)
        noteBreakGlass(&step, observation)
        // With a wait nothing is written, so that it is told once.
        let isWait = step.record == nil && step.actions.isEmpty && !step.events.isEmpty
        if !isWait, !step.actions.contains(.removeFinalizer) { step.actions += ledgerActions(observation) }
        if observation.gate.isUnmarked, step.record == nil, isMarkable(observation) {
            step.actions.append(.markManaged)
        }
        return .act(step)
    }

    /// The revision that is written down as seen has these ConfigMaps and Secrets.
    private static func noteConfigs(_ step: inout Step, _ observation: Observation) {
        let status = observation.canary.status
        guard let configs = observation.gate.configs, let record = step.record,
            record.lastAppliedSpec == observation.target?.revision, record.lastAppliedSpec != status.lastAppliedSpec
        else { return }
        step.record?.trackedConfigs = configs
    }

    /// What is asked for by hand stands in the status as long as it is asked for.
    private static func noteBreakGlass(_ step: inout Step, _ observation: Observation) {
        let status = observation.canary.status
        guard let uses = observation.gate.breakGlass, uses != status.breakGlass,
            !step.actions.contains(.removeFinalizer)
        else { return }
        var record = step.record ?? status
        record.breakGlass = uses
        step.record = record
        for use in uses where !status.breakGlass.contains(use) {
            let by = use.by.isEmpty ? "" : " by \(use.by)"
            step.events.append(.warning(.breakGlass, "break-glass on \(use.object)\(by): \(use.reason)"))
        }
        for use in status.breakGlass where observation.gate.expiredBreakGlass.contains(use.object) {
            let message = "break-glass on \(use.object) has expired and no longer counts; take the annotation away"
            step.events.append(.warning(.breakGlass, message))
        }
    }

    /// Whether the label may be put on now: while nothing else is done, and the Canary is looked after.
    private static func isMarkable(_ observation: Observation) -> Bool {
        let canary = observation.canary
        return ![.new, .initializing].contains(canary.status.phase) && !canary.isDeleting && !canary.isSuspended
    }

    /// What the ledger lacks: the end of what has ended, the beginning of what has begun.
    static func ledgerActions(_ observation: Observation) -> [Action] {
        guard observation.gate.isLedgerRead else { return [] }
        var entries = observation.ledger.filter { $0.verdict == .running }.compactMap { end(of: $0, observation) }
        if let entry = beginning(observation) { entries.append(entry) }
        return entries.map(Action.recordRevision)
    }

    /// `entry` with what became of it; nil while it is on its way.
    private static func end(of entry: RevisionEntry, _ observation: Observation) -> RevisionEntry? {
        let canary = observation.canary
        let isCurrent = entry.revision == canary.status.lastAppliedSpec
        switch canary.status.phase {
        case .progressing, .waitingPromotion:
            guard isCurrent else { return ended(entry, .withdrawn, "another revision took its place", observation) }
            if canary.status.isRollingBack {
                return ended(entry, .rolledBack, rollbackReason(canary.status), observation)
            }
            guard let held = observation.target?.revision, held != entry.revision,
                held == canary.status.lastPromotedSpec
            else { return nil }
            return ended(entry, .withdrawn, "the promoted revision was set again", observation)
        case .promoting:
            return isCurrent ? nil : ended(entry, .withdrawn, "another revision took its place", observation)
        case .new, .initializing: return nil
        case .finalising, .initialized, .succeeded, .failed, .waiting, .terminating, .terminated:
            return afterwards(entry, observation)
        }
    }

    /// What became of `entry`, now that nothing is on its way any more.
    private static func afterwards(_ entry: RevisionEntry, _ observation: Observation) -> RevisionEntry {
        let canary = observation.canary
        let status = canary.status
        let isCurrent = entry.revision == status.lastAppliedSpec
        if isCurrent, status.phase == .finalising || entry.revision == status.lastPromotedSpec {
            let reason = canary.skipsAnalysis ? "the analysis was skipped" : "all checks passed"
            return ended(entry, .promoted, reason, observation)
        }
        if isCurrent, status.phase == .failed {
            return ended(entry, .rolledBack, rollbackReason(status), observation)
        }
        let reason = canary.isDeleting ? "the Canary was deleted" : "another revision took its place"
        return ended(entry, .withdrawn, reason, observation)
    }

    private static func ended(
        _ entry: RevisionEntry,
        _ verdict: RevisionEntry.Verdict,
        _ reason: String,
        _ observation: Observation
    ) -> RevisionEntry {
        var entry = entry
        entry.verdict = verdict
        entry.reason = reason
        entry.endedAt = observation.now
        return entry
    }

    /// What the last check that led to the rollback said.
    private static func rollbackReason(_ status: CanaryStatus) -> String {
        let decisive = status.checks.filter { $0.outcome != .passed || $0.follows == .rollBack }
        let reasons = decisive.map { check in
            let bound = check.bound.isEmpty ? "" : ", expected \(check.bound)"
            return "\(check.kind == "metric" ? "" : "\(check.kind) ")\(check.name): \(check.answered)\(bound)"
        }
        return reasons.isEmpty ? "rolled back" : OneLine.cut(reasons.joined(separator: "; "), to: 250)
    }

    /// The entry of what is on its way and not in the ledger; nil when there is none.
    private static func beginning(_ observation: Observation) -> RevisionEntry? {
        let status = observation.canary.status
        guard let template = observation.gate.template, let revision = observation.target?.revision else { return nil }
        var entry = RevisionEntry(
            revision: revision,
            change: observation.gate.change,
            requestedBy: observation.gate.requestedBy,
            requestedAt: observation.gate.requestedAt,
            startedAt: observation.now,
            template: template
        )
        switch status.phase {
        case .initializing:
            // What the primary is made of is what the target served before.
            guard observation.primary?.revision == revision,
                !observation.ledger.contains(where: { $0.revision == revision && $0.verdict == .promoted })
            else { return nil }
            entry.change = entry.change.isEmpty ? "initialisation" : entry.change
            entry.verdict = .promoted
            entry.reason = "it served when the Canary was initialised"
            entry.endedAt = observation.now
            return entry
        case .progressing, .waitingPromotion, .promoting:
            guard revision == status.lastAppliedSpec, !status.isRollingBack,
                !observation.ledger.contains(where: { $0.revision == revision && $0.verdict == .running })
            else { return nil }
            return entry
        case .new, .initialized, .waiting, .finalising, .succeeded, .failed, .terminating, .terminated: return nil
        }
    }
}
