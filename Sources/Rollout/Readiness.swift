package import Platform

/// Whether a workload can take traffic.
package enum Readiness: Hashable, Sendable {
    /// It can.
    case ready
    /// Not yet; the words say what is missing.
    case waiting(String)
    /// It will not without somebody's help; the words say why.
    case stuck(String)
}

extension Workload {
    /// Whether enough pods of the current template are available.
    ///
    /// Source: Flagger's readiness, save that no workload is ready without an available pod.
    ///
    /// - Parameters:
    ///   - threshold: percent of the updated pods that must be available, rounded down but at least one pod.
    ///   - deadline: how long too few pods may be available.
    ///   - now: the time now.
    /// - Returns: the readiness, with words that end a sentence "‹name› not ready: …".
    package func readiness(threshold: Int, deadline: Duration, now: Timestamp) -> Readiness {
        guard status.isObserved else {
            return .waiting("observed deployment generation less than desired generation")
        }
        guard replicas > 0 else { return .waiting("scaled to zero") }
        if status.isPastDeadline { return .stuck("deployment \"\(name)\" exceeded its progress deadline") }
        guard let shortfall = shortfall(threshold: threshold) else { return .ready }
        if let since = status.unavailableSince, now > since + deadline {
            return .stuck("deployment \"\(name)\" exceeded its progress deadline")
        }
        return .waiting("waiting for rollout to finish: \(shortfall)")
    }

    /// What keeps the rollout of the current template from being finished; nil when nothing does.
    private func shortfall(threshold: Int) -> String? {
        if status.updated < replicas {
            return "\(status.updated) out of \(replicas) new replicas have been updated"
        }
        if status.replicas > status.updated {
            return "\(status.replicas - status.updated) old replicas are pending termination"
        }
        let needed = max(1, status.updated * threshold / 100)
        guard status.available < needed else { return nil }
        return "\(status.available) of \(status.updated) (readyThreshold \(threshold)%) updated replicas are available"
    }
}
