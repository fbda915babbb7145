import HTTP
import Kubernetes

/// What is done about fields that the kind does not know: the request's `fieldValidation`.
enum FieldValidation: String, Sendable {
    /// They are dropped in silence.
    case ignore = "Ignore"
    /// They are dropped, and the client is warned of each.
    case warn = "Warn"
    /// They are refused.
    case strict = "Strict"

    /// What `call` asks for; a warning when it does not say.
    ///
    /// - Throws: the 422 of a word that is none of these.
    init(_ call: APICall) throws(KubernetesError) {
        let text = call.query["fieldValidation"] ?? ""
        guard let wanted = text.isEmpty ? .warn : FieldValidation(rawValue: text) else {
            let options =
                call.verb == .create ? "CreateOptions" : call.verb == .patch ? "PatchOptions" : "UpdateOptions"
            let problem = "fieldValidation: Unsupported value: \"\(text)\""
            let allowed = "supported values: \"Ignore\", \"Strict\", \"Warn\""
            throw .refusal(422, "Invalid", "\(options).meta.k8s.io \"\" is invalid: \(problem): \(allowed)")
        }
        self = wanted
    }
}
