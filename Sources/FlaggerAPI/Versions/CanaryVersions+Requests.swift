package import Admission
package import JSON
package import Schema

/// Canaries that were sent in `v1alpha3` and converted on their way to a webhook.
extension CanaryVersions {
    /// What was deprecated in `canary`, the object of `request`, as it was sent.
    package static func deprecations(in request: AdmissionRequest, of canary: JSONValue) -> [Finding] {
        sent(request, canary).map { deprecations(in: $0) } ?? []
    }

    /// `findings` about `canary`, the object of `request`, with the fields called as they were sent.
    package static func asSent(
        _ findings: [Finding],
        in request: AdmissionRequest,
        of canary: JSONValue
    ) -> [Finding] {
        guard !findings.isEmpty, let sent = sent(request, canary) else { return findings }
        return findings.map { finding in
            Finding(
                rule: finding.rule,
                severity: finding.severity,
                path: path(finding.path, in: sent),
                value: finding.value,
                problem: finding.problem,
                remedy: finding.remedy
            )
        }
    }

    /// `canary` as it was sent; nil where it was sent as it is.
    private static func sent(_ request: AdmissionRequest, _ canary: JSONValue) -> JSONValue? {
        guard request.requestVersion == "v1alpha3", canary["apiVersion"]?.string == current else { return nil }
        return lowered(canary)
    }
}
