import JSON
import Schema

/// `skipAnalysis`, `suspend`, and how long a bad revision may stay.
extension CanaryFacts {
    /// What of an analysis is passed over by `skipAnalysis`.
    private static let skippedHooks = ["", "pre-rollout", "rollout", "confirm-traffic-increase", "confirm-promotion"]

    mutating func checkSwitches() {
        if spec["skipAnalysis"] == true {
            let isAsked = webhooks.contains { Self.skippedHooks.contains($0.value["type"]?.string ?? "") }
            if isAsked || !metrics.isEmpty {
                warn(
                    "checks-skipped",
                    Self.specPath.member("skipAnalysis"),
                    true,
                    "no metric and no check of a hook is asked",
                    "remove it afterwards"
                )
            }
        }
        checkPatience()
        guard let watched = settings.namespace, watched != namespace else { return }
        warn(
            "namespace-unwatched",
            FieldPath("metadata", "namespace"),
            .string(namespace),
            "nobody looks after it, only after \(watched)",
            "make it there"
        )
    }

    /// A revision that fails keeps its traffic until the threshold is reached.
    private mutating func checkPatience() {
        guard let value = analysis["threshold"], let threshold = value.int, (1...2_147_483_647).contains(threshold),
            let interval = analysis["interval"]?.string.flatMap(Self.duration), interval > .zero
        else { return }
        let total = max(interval, .seconds(10)) * threshold
        guard total > .seconds(3_600) else { return }
        let minutes = Int(total.components.seconds) / 60
        let text = minutes < 48 * 60 ? "\(minutes)m" : "\(minutes / 60)h"
        warn(
            "slow-rollback",
            Self.analysisPath.member("threshold"),
            value,
            "a bad revision would keep its traffic for \(text)",
            "write less"
        )
    }

    /// What is odd about a Canary that has made nothing yet.
    mutating func checkBeginning() {
        if spec["suspend"] == true {
            warn(
                "suspended-new",
                Self.specPath.member("suspend"),
                true,
                "nothing is made until it is false",
                "remove it"
            )
        }
        guard spec["skipAnalysis"] == true, !isDriven else { return }
        warn(
            "skip-analysis-new",
            Self.specPath.member("skipAnalysis"),
            true,
            "the traffic goes to a primary that is not ready",
            "set it later"
        )
    }
}
