import FlaggerAPI
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
    /// Source: Flagger's readiness, save that no workload is ready without an available pod, and that the Canary's
    /// deadline holds for a rollout too that stands still while old pods are available.
    ///
    /// - Parameters:
    ///   - threshold: percent of the updated pods that must be available, rounded down but at least one pod.
    ///   - deadline: the Canary's: how long too few pods may be available, or a rollout may stand still. A Deployment's own
    ///     holds besides.
    ///   - given: when the current template was given, where that is known. What a Deployment says of the time before is
    ///     said of another template: Kubernetes keeps a condition's time for as long as its status and reason stay.
    ///   - now: the time now.
    /// - Returns: the readiness, with words that end a sentence "‹name› not ready: …".
    package func readiness(
        threshold: Int,
        deadline: Duration,
        given: Timestamp? = nil,
        now: Timestamp
    ) -> Readiness {
        guard status.isObserved else {
            return .waiting("observed \(kind.word) generation less than desired generation")
        }
        guard replicas > 0 else { return .waiting("scaled to zero") }
        let cause = trouble.map { ": \($0)" } ?? ""
        let late = "\(kind.word) \"\(name)\" exceeded its progress deadline\(cause)"
        let isOutdated = isOutdated(given)
        if status.isPastDeadline, !isOutdated { return .stuck(late) }
        guard let shortfall = shortfall(threshold: threshold) else { return .ready }
        let times = [status.unavailableSince, status.lastProgress, isOutdated ? given : nil]
        let since = times.compactMap { $0 }.min().map { max($0, given ?? $0) }
        if let since, now > since + deadline { return .stuck(late) }
        return .waiting("waiting for rollout to finish: \(shortfall)\(cause)")
    }

    /// Whether the Deployment passed its deadline with a template that it held before the one `given` at that time.
    private func isOutdated(_ given: Timestamp?) -> Bool {
        guard status.isPastDeadline, let given, let since = status.pastDeadlineSince else { return false }
        return since < given
    }

    /// What keeps the rollout of the current template from being finished; nil when nothing does.
    private func shortfall(threshold: Int) -> String? {
        if status.updated < replicas {
            return "\(status.updated) out of \(replicas) new \(noun) have been updated"
        }
        if status.replicas > status.updated {
            return "\(status.replicas - status.updated) old \(noun) are pending termination"
        }
        let needed = max(1, status.updated * threshold / 100)
        guard status.available < needed else { return nil }
        return "\(status.available) of \(status.updated) (readyThreshold \(threshold)%) updated \(noun) are available"
    }

    private var noun: String { kind == .daemonSet ? "pods" : "replicas" }
}
