import Kubernetes

/// An API whose answers get lost on the way back, after the calls have taken effect.
struct LossyAPI: InterceptedAPI {
    let inner: any KubernetesAPI
    /// Whether the answer to a call of that verb is lost.
    let isLost: @Sendable (String) -> Bool

    func pass<Answer: Sendable>(
        _ call: KubernetesCall,
        _ make: @escaping @Sendable () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer {
        let answer = try await make()
        guard call.verb != .watch, isLost(call.verb.rawValue) else { return answer }
        throw KubernetesError(operation: call.verb.rawValue, code: 0, reason: "", message: "connection reset")
    }
}
