import FlaggerAPI
import JSON
import Platform

/// What is ready, and what is due.
extension Observation {
    /// Whether the primary can take all traffic.
    ///
    /// KEDA may have put it to rest, and brings it back when there is something to do; only where it is given another
    /// template must there be a pod.
    func primaryReadiness(_ primary: Workload) -> Readiness {
        let isAtRest = primary.replicas == 0 && autoscaler?.isPaused != nil
        if isAtRest, ![.initializing, .promoting].contains(canary.status.phase) { return .ready }
        let isGiven = [.promoting, .terminating].contains(canary.status.phase)
        return readiness(
            primary,
            threshold: canary.analysis.primaryReadyThreshold,
            given: isGiven ? canary.status.lastStepTime : nil
        )
    }

    /// Whether the canary can take its share of the traffic.
    func canaryReadiness(_ target: Workload) -> Readiness {
        readiness(
            target,
            threshold: canary.analysis.canaryReadyThreshold,
            given: isBeforeTraffic ? canary.status.lastStepTime : nil
        )
    }

    /// Pods that cannot start are given a third of the deadline: an image may still be on its way to the registry, but
    /// nobody waits ten minutes for a name that is misspelt.
    ///
    /// The time that a template had is counted from when it was `given`, so that one that mends what is broken for long
    /// is not given up at the first look.
    private func readiness(_ workload: Workload, threshold: Int, given: Timestamp?) -> Readiness {
        let deadline = canary.progressDeadline
        let found = workload.readiness(threshold: threshold, deadline: deadline, given: given, now: now)
        guard case .waiting(let reason) = found, workload.trouble != nil,
            let since = workload.status.unavailableSince ?? beginning,
            now > max(since, given ?? since) + deadline / 3
        else { return found }
        return .stuck("\(reason), for a third of the progress deadline")
    }

    /// Since when new pods are waited for: before the canary's first traffic, and in a promotion.
    private var beginning: Timestamp? {
        canary.status.phase == .promoting || isBeforeTraffic ? canary.status.lastStepTime : nil
    }

    /// Whether the canary has got no traffic yet in this run.
    private var isBeforeTraffic: Bool {
        canary.status.phase == .progressing && AnalysisPlan(canary).place == .start
    }

    /// Whether the next round of checks is due: after the interval, or at once when a pause was ended.
    var isCheckDue: Bool {
        guard let last = canary.status.lastCheckTime else { return true }
        return now >= last + canary.analysis.interval || isResumed
    }

    /// Whether the last round waited in a pause that somebody has ended since.
    private var isResumed: Bool {
        let waited = canary.status.checks.contains { $0.subject == .pause && $0.follows == .hold }
        let plan = AnalysisPlan(canary)
        guard waited, let pause = plan.pause(at: plan.place) else { return false }
        return canary.resumes(pause)
    }

    /// How long it is until the next round of checks.
    var untilNextCheck: Duration {
        guard let last = canary.status.lastCheckTime else { return .zero }
        return max(.zero, last + canary.analysis.interval - now)
    }
}

extension Canary {
    /// Whether somebody said that the run may go on past `pause`.
    ///
    /// The revision stands in the annotation, so that one that was left behind ends no pause of a later run.
    func resumes(_ pause: CanaryPause) -> Bool {
        object[path: "metadata", "annotations", CanaryPause.annotation]?.string
            == "\(status.lastAppliedSpec):\(pause.number)"
    }
}
