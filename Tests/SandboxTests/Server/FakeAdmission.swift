import JSON
import Kubernetes
import Platform
import Sandbox

/// Admission by two functions that a test may replace; it remembers what it was asked.
final class FakeAdmission: AdmissionControl {
    typealias Mutation = @Sendable (AdmissionAttempt) throws(KubernetesError) -> (JSONValue?, [String])
    typealias Validation = @Sendable (AdmissionAttempt) throws(KubernetesError) -> [String]

    private struct State: Sendable {
        var mutation: Mutation = { attempt in (attempt.object, []) }
        var validation: Validation = { _ in [] }
        var mutated: [AdmissionAttempt] = []
        var validated: [AdmissionAttempt] = []
    }

    private let state = Locked(State())

    /// What `mutate` was asked, in order.
    var mutated: [AdmissionAttempt] { state.withLock { $0.mutated } }

    /// What `validate` was asked, in order.
    var validated: [AdmissionAttempt] { state.withLock { $0.validated } }

    func onMutate(_ mutation: @escaping Mutation) { state.withLock { $0.mutation = mutation } }

    func onValidate(_ validation: @escaping Validation) { state.withLock { $0.validation = validation } }

    func mutate(_ attempt: AdmissionAttempt) async throws(KubernetesError) -> (object: JSONValue?, warnings: [String]) {
        let mutation = state.withLock { state in
            state.mutated.append(attempt)
            return state.mutation
        }
        let (object, warnings) = try mutation(attempt)
        return (object, warnings)
    }

    func validate(_ attempt: AdmissionAttempt) async throws(KubernetesError) -> [String] {
        let validation = state.withLock { state in
            state.validated.append(attempt)
            return state.validation
        }
        return try validation(attempt)
    }
}

/// The refusal of a webhook.
func denial(_ message: String, code: Int = 403, reason: String = "Forbidden") -> KubernetesError {
    KubernetesError(operation: "ask admission", code: code, reason: reason, message: message)
}
