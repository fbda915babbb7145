package import FlaggerAPI
package import Rollout

/// Calls a Canary's hooks.
package protocol CanaryHookCaller: Sendable {
    /// What `hook` says to `revision` of `canary` in `phase`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled; nothing else is an error.
    func call(
        _ hook: CanaryHook,
        of canary: Canary,
        phase: CanaryPhase,
        revision: String
    ) async throws(CancellationError) -> Answer
}
