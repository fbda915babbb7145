import Admission
import Kubernetes

extension AdmissionAttempt {
    /// What is attempted, as errors name it: `update deployments.apps/scale test/podinfo`.
    var text: String { type.operation(operation.rawValue.lowercased(), key, subresource: subresource) }
}
