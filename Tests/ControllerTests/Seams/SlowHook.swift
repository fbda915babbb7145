import Controller
import FlaggerAPI
import Rollout

/// Hooks that agree, one of them after a long while.
struct SlowHook: CanaryHookCaller {
    /// The name of the one that takes its time.
    let isSlow: String
    /// Told when that one is asked.
    let ask: AsyncStream<Void>.Continuation
    /// It answers when this ends.
    let answers: AsyncStream<Void>

    func call(
        _ hook: CanaryHook,
        of canary: Canary,
        phase: CanaryPhase,
        revision: String
    ) async throws(CancellationError) -> Answer {
        guard hook.name == isSlow else { return .passed }
        ask.yield()
        for await _ in answers {}
        if Task.isCancelled { throw CancellationError() }
        return .passed
    }
}
