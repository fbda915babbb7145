package import Kubernetes

/// What is told of one round of the loop.
package struct RoundReport: Sendable {
    /// How a round ended.
    package enum Outcome: String, CaseIterable, Sendable {
        /// There was nothing to do.
        case still
        /// A step was taken.
        case stepped
        /// An object had changed since it was read; it is read again.
        case stale
        /// Something went wrong.
        case failed
        /// The Canary is gone.
        case gone
        /// The Canary is to be left alone: another has its target, or a kind is not installed.
        case blocked
    }

    /// The Canary.
    package let key: ObjectKey
    /// How it ended.
    package let outcome: Outcome
    /// By how much it began later than it was due.
    package let lateness: Duration
    /// How long it took.
    package let duration: Duration

    /// A round of the Canary at `key` that ended as `outcome`.
    package init(key: ObjectKey, outcome: Outcome, lateness: Duration, duration: Duration) {
        self.key = key
        self.outcome = outcome
        self.lateness = lateness
        self.duration = duration
    }
}
