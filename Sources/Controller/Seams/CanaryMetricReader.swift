package import FlaggerAPI
package import Rollout

/// Takes a Canary's measurements.
package protocol CanaryMetricReader: Sendable {
    /// The measurement of `metric` for `canary` now: a value, no data, or why it could not be taken.
    ///
    /// - Throws: `CancellationError` when the task is cancelled; nothing else is an error.
    func read(_ metric: CanaryMetric, of canary: Canary) async throws(CancellationError) -> Answer
}
