package import JSON
package import Kubernetes

/// What stands between a write and the store.
package protocol AdmissionControl: Sendable {
    /// The object as the mutating webhooks leave it, and their warnings; for a deletion the object is nil.
    ///
    /// - Throws: `KubernetesError` whose `status` is the answer for the client, when one refuses or cannot be asked.
    func mutate(_ attempt: AdmissionAttempt) async throws(KubernetesError) -> (object: JSONValue?, warnings: [String])

    /// The validating webhooks' warnings.
    ///
    /// - Throws: `KubernetesError` whose `status` is the answer for the client, when one refuses or cannot be asked.
    func validate(_ attempt: AdmissionAttempt) async throws(KubernetesError) -> [String]
}
