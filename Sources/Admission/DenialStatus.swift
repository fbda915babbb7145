import JSON
import Schema

/// The `status` of a refusal.
///
/// kubectl prints the causes of a 422 `Invalid` as a list, one line each, in place of the message; every other client
/// shows the message. 409 and 429 are never used: clients try those again.
enum DenialStatus {
    /// Findings in one answer.
    ///
    /// An object with more has one fault repeated; the rest is counted.
    static let causeLimit = 20

    /// 422: what is wrong with the object.
    static func invalid(_ findings: [Finding], _ request: AdmissionRequest) -> JSONValue {
        let shown = findings.prefix(causeLimit)
        let hidden = findings.count - shown.count
        var causes = shown.map(cause)
        var texts = shown.map(\.text)
        if hidden > 0 {
            let rest = "\(hidden) more \(hidden == 1 ? "finding" : "findings"); correct these first"
            causes.append(["reason": "FieldValueInvalid", "message": .string(rest), "field": "..."])
            texts.append(rest)
        }
        var details: JSONValue = [
            "name": .string(request.displayName), "group": .string(request.group), "kind": .string(request.kind),
        ]
        details["causes"] = .array(causes)
        return [
            "code": 422, "reason": "Invalid", "message": .string(texts.joined(separator: ", ")), "details": details,
        ]
    }

    /// 403: something that this user may not do.
    static func forbidden(_ message: String, _ request: AdmissionRequest) -> JSONValue {
        [
            "code": 403, "reason": "Forbidden", "message": .string(message),
            "details": [
                "name": .string(request.displayName), "group": .string(request.group), "kind": .string(request.kind),
            ],
        ]
    }

    private static func cause(_ finding: Finding) -> JSONValue {
        [
            "reason": finding.value == nil ? "FieldValueRequired" : "FieldValueInvalid",
            "message": .string(prefix(finding) + finding.message),
            "field": .string(finding.path),
        ]
    }

    /// What the API server itself writes before its own messages.
    private static func prefix(_ finding: Finding) -> String {
        finding.value.map { "Invalid value: \($0): " } ?? "Required value: "
    }
}
