import Admission
import JSON
import Kubernetes

/// The `matchConditions` of a webhook.
///
/// Source: k8s.io/apiserver `matchconditions`; `authorizer` is not known.
extension RegisteredWebhook {
    /// Whether all conditions hold for `attempt`, as it would be sent.
    ///
    /// One that is false decides; otherwise one without a value fails the request, or passes the webhook over where its
    /// failures are ignored.
    ///
    /// - Throws: the 403 of a condition without a value.
    func conditionsHold(for attempt: AdmissionAttempt) throws(KubernetesError) -> Bool {
        let conditions = (value["matchConditions"]?.array ?? []).compactMap { $0["expression"]?.string }
        guard !conditions.isEmpty else { return true }
        let request = ReviewRequest(attempt, uid: "", version: "v1").value["request"] ?? .null
        var failure: KubernetesError?
        for text in conditions {
            do throws(CELError) {
                var evaluator = CELEvaluator([
                    "object": attempt.object ?? .null, "oldObject": attempt.oldObject ?? .null, "request": request,
                ])
                guard try evaluator.truth(of: try CELParser.expression(in: text)) else { return false }
            } catch {
                failure = failure ?? Self.refusal(attempt, text, error)
            }
        }
        guard let failure else { return true }
        guard failsOpen else { throw failure }
        return false
    }

    private static func refusal(_ attempt: AdmissionAttempt, _ text: String, _ error: CELError) -> KubernetesError {
        let name = attempt.key.name
        let object = name.isEmpty ? attempt.type.qualifiedPlural : "\(attempt.type.qualifiedPlural) \"\(name)\""
        let message = "\(object) is forbidden: expression '\(text)' resulted in error: \(error)"
        return .answer(
            attempt.text,
            code: 403,
            reason: "Forbidden",
            message,
            details: attempt.type.details(name: name.isEmpty ? nil : name)
        )
    }

    /// What is wrong with the conditions of a registration, at `path`.
    static func conditionCauses(_ conditions: [JSONValue], at path: String) -> [FieldCause] {
        guard conditions.count <= 64 else {
            let problem = "Too many: \(conditions.count): must have at most 64 items"
            return [FieldCause(field: path, reason: "FieldValueTooMany", message: problem)]
        }
        var names: Set<String> = []
        return conditions.enumerated().flatMap { index, condition -> [FieldCause] in
            let place = "\(path)[\(index)]"
            let name = condition["name"]?.string ?? ""
            var causes: [FieldCause] = []
            if name.isEmpty {
                causes.append(.required("\(place).name"))
            } else if !names.insert(name).inserted {
                let problem = "Duplicate value: \"\(name)\""
                causes.append(FieldCause(field: "\(place).name", reason: "FieldValueDuplicate", message: problem))
            }
            return causes + expressionCauses(condition["expression"]?.string ?? "", at: "\(place).expression")
        }
    }

    private static func expressionCauses(_ text: String, at path: String) -> [FieldCause] {
        guard !text.isEmpty else { return [.required(path)] }
        do {
            let type = try CELParser.expression(in: text).type
            guard let type, type != "bool" else { return [] }
            return [.invalid(path, .string(text), "must evaluate to bool but got \(type)")]
        } catch {
            return [.invalid(path, .string(text), "compilation failed: ERROR: \(error)")]
        }
    }
}
