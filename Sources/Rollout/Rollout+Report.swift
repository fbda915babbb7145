package import FlaggerAPI
import JSON
package import Platform

/// What a Canary's status says to people and tools.
extension Rollout {
    /// The status to write with `step`: what it records, and what is told beside that; nil when nothing of it is news.
    ///
    /// It follows from the step and the observation alone, so an idle Canary has nothing to write.
    package static func report(on step: Step, of observation: Observation) -> CanaryStatus? {
        let canary = observation.canary
        var status = step.record ?? canary.status
        let stored = canary.status.report
        var report = stored
        report.observedGeneration = canary.object[path: "metadata", "generation"]?.int
        report.conditions = Standing(step, status, observation).conditions(after: stored.conditions, observation)
        let runs = ledger(after: step, observation)
        if !runs.isEmpty { report.history = runs.prefix(historyCount).map(\.summary) }
        let isNews =
            report.observedGeneration != stored.observedGeneration
            || report.conditions.map(\.essence) != stored.conditions.map(\.essence)
        guard step.record != nil || isNews else { return nil }
        if let target = observation.target { report.currentRevision = target.revision ?? "" }
        report.tellProgress(canary, status, at: observation.now)
        if step.record != nil {
            report.journal = JournalEntry(step, observation).appended(to: stored.journal)
        }
        status.report = report
        return status
    }

    /// The status to write where a look at `canary` ended before anything could be decided, for `reason`; nil when that
    /// stands there.
    package static func report(_ reason: String, of canary: Canary, at now: Timestamp) -> CanaryStatus? {
        let nothing = Observation(
            canary: canary,
            now: now,
            target: nil,
            primary: nil,
            autoscaler: nil,
            services: [:],
            route: .missing
        )
        return report(on: Step(events: [.warning(.blocked, reason)]), of: nothing)
    }

    /// The ledger with what `step` writes into it, newest first.
    private static func ledger(after step: Step, _ observation: Observation) -> [RevisionEntry] {
        var entries = observation.ledger
        for case .recordRevision(let entry) in step.actions {
            let known = entries.firstIndex { $0.revision == entry.revision && $0.startedAt == entry.startedAt }
            if let known { entries[known] = entry } else { entries.insert(entry, at: 0) }
        }
        return entries
    }

    /// How many runs `status.history` has.
    private static let historyCount = 5
}

extension StatusCondition {
    /// What makes it news when it changes; words do so only where somebody's help is needed.
    ///
    /// What is only waited for is told by events, and stands in the condition when the next thing is written.
    fileprivate var essence: [String] {
        [kind.rawValue, status] + (kind == .stalled && status == "True" ? [reason, message] : [])
    }
}

extension CanaryReport {
    /// The step, what comes when, and the cookies.
    fileprivate mutating func tellProgress(_ canary: Canary, _ status: CanaryStatus, at now: Timestamp) {
        let plan = AnalysisPlan(canary, status: status)
        let place = plan.place
        let isAnalysing = [.progressing, .waitingPromotion].contains(status.phase) && !status.isRollingBack
        let isPromoting = status.phase == .promoting && !status.isRollingBack
        step = isAnalysing ? plan.step(at: place) : isPromoting ? plan.steps : nil
        steps = isAnalysing || isPromoting ? plan.steps : nil
        let last = status.lastCheckTime
        let isChecking = isAnalysing || status.phase == .waiting
        nextCheckTime = isChecking ? last.map { $0 + canary.analysis.interval } : nil
        estimatedEndTime = nil
        let isHeld = status.checks.contains { $0.follows == .hold && $0.subject != .pause }
        if isAnalysing, !isHeld, let pauses = plan.pauses(from: plan.step(at: place)) {
            let checks = plan.steps - plan.step(at: place) + 1
            estimatedEndTime = (last ?? now) + canary.analysis.interval * checks + pauses
        }
        let cookies = status.canaryWeight > 0 ? plan.cookies : nil
        canaryCookie = cookies.map { "\(canary.analysis.session?.cookieName ?? "")=\($0.canary)" }
        let name = canary.analysis.session?.primaryCookieName ?? ""
        primaryCookie = cookies?.primary.map { "\(name)=\($0)" }
    }
}

extension RevisionEntry {
    /// The entry as it stands in `status.history`.
    var summary: JSONValue {
        var object: JSONValue = ["revision": .string(revision), "verdict": .string(verdict.rawValue)]
        if !change.isEmpty { object["change"] = .string(change) }
        if !requestedBy.isEmpty { object["requestedBy"] = .string(requestedBy) }
        if let startedAt { object["startedAt"] = .string(startedAt.rfc3339) }
        if let endedAt { object["endedAt"] = .string(endedAt.rfc3339) }
        if !reason.isEmpty { object["reason"] = .string(reason) }
        return object
    }
}
