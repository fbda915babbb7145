package import Analysis
package import FlaggerAPI
import JSON
package import Rollout

/// Calls hooks over HTTP.
package struct HTTPHookCaller: CanaryHookCaller {
    private let caller: HookCaller
    private let unverified: HookCaller?

    /// A caller for hooks; those with `disableTLS` go through `unverified`, whose connections check no certificate.
    package init(_ caller: HookCaller, unverified: HookCaller? = nil) {
        self.caller = caller
        self.unverified = unverified
    }

    package func call(
        _ hook: CanaryHook,
        of canary: Canary,
        phase: CanaryPhase,
        revision: String
    ) async throws(CancellationError) -> Answer {
        guard let caller = hook.skipsVerification ? unverified : caller else {
            return .unavailable("call hook \(hook.name): disableTLS is not allowed here")
        }
        let call = HookCall(
            url: hook.url,
            canary: canary.name,
            namespace: canary.namespace,
            phase: phase.rawValue,
            checksum: revision,
            metadata: hook.metadata.isEmpty ? nil : .object(hook.metadata),
            timeout: hook.timeout,
            retries: hook.retries
        )
        switch try await caller.call(call) {
        case .passed: return .passed
        case .failed(let reason): return .refused(reason)
        case .unavailable(let reason): return .unavailable(reason)
        }
    }
}
