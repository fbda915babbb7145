package import Admission
import JSON
import Kubernetes
package import Platform
import Schema

/// Refuses Canaries that can't do what they say.
///
/// `POST /validate/canaries`.
package struct CanaryValidator: Webhook {
    package let path = "/validate/canaries"
    package let isMutating = false

    /// Fail: an object that nobody has judged must not be stored.
    package let failurePolicy = FailurePolicy.fail

    /// Whether our loop drives the Canaries; Flagger does where it does not.
    private let isDriving: Bool

    /// The validator of Canaries that our loop drives, or Flagger where `isDriving` is false.
    package init(isDriving: Bool = true) { self.isDriving = isDriving }

    /// Every finding about the object and its neighbours.
    ///
    /// An update that leaves `spec` as it was is let through with warnings: labels and finalizers of a Canary from
    /// before this server can still be changed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.isJudged, let object = request.judgedObject else { return .allowed }
        var findings = CanaryRules.findings(in: object, isDriven: isDriving)
        findings += CanaryRules.findings(in: object, among: view, isDriven: isDriving)
        if isDriving, let stored = request.oldObject?.value {
            findings += CanaryRules.findings(in: object, insteadOf: stored)
        }
        if request.leavesSpec { findings = findings.map(\.asWarning) }
        let deprecations = CanaryVersions.deprecations(in: request, of: object)
        return Verdict(findings: CanaryVersions.asSent(findings, in: request, of: object) + deprecations)
    }
}

extension AdmissionRequest {
    /// The object with its name and namespace, which a review may hold outside of it alone.
    var judgedObject: JSONValue? {
        guard var value = object?.value, value.object != nil else { return nil }
        if value.name.isEmpty, let name { value[path: "metadata", "name"] = .string(name) }
        if value.namespace == nil, let namespace { value[path: "metadata", "namespace"] = .string(namespace) }
        return value
    }

    /// Whether an update changes nothing in `spec`.
    var leavesSpec: Bool {
        guard operation == .update, let new = object?["spec"], let old = oldObject?["spec"] else { return false }
        return new.isEqual(to: old)
    }
}

extension Finding {
    /// The same, but the object is let through.
    var asWarning: Finding {
        Finding(rule: rule, severity: .warn, path: path, value: value, problem: problem, remedy: remedy)
    }
}
