import JSON
import Kubernetes

/// The refusal of a webhook as the API server hands it on.
enum AdmissionDenial {
    /// The error that answers `attempt`, which the webhook `name` refused with `status`.
    ///
    /// Reason and details stay as they are; a code below 400 becomes 400.
    static func error(_ name: String, _ status: JSONValue?, _ attempt: AdmissionAttempt) -> KubernetesError {
        let reason = status?["reason"]?.string ?? ""
        let texts = [status?["message"]?.string ?? "", reason]
        let explanation = texts.first { !$0.isEmpty }.map { ": \($0)" } ?? " without explanation"
        return .answer(
            attempt.text,
            code: max(status?["code"]?.int ?? 0, 400),
            reason: reason,
            "admission webhook \"\(name)\" denied the request\(explanation)",
            details: status?["details"]
        )
    }
}
