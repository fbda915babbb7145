package import Admission
import JSON
package import Platform
import Schema

/// The validating webhook on HTTPProxy objects: refuses what Contour would store and then mark invalid, or take for
/// something else than was meant.
///
/// A fault that the stored object already has is only warned about, so that an old object can still be changed for the
/// better, or its weights be moved.
package struct HTTPProxyValidator: Webhook {
    /// `/validate/httpproxies`.
    package let path = "/validate/httpproxies"

    /// False: it only judges.
    package let isMutating = false

    /// Ignore: no deploy waits for us; what slips through, the loop finds.
    package let failurePolicy = FailurePolicy.ignore

    /// The validator.
    package init() {}

    /// The verdict on a CREATE or UPDATE of the object itself; anything else is allowed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.operation == .create || request.operation == .update, request.subresource == nil,
            let object = request.object, object["metadata"]?["deletionTimestamp"]?.string == nil
        else { return .allowed }
        if let spec = object["spec"], let stored = request.oldObject?["spec"], spec.isEqual(to: stored) {
            return .allowed
        }
        let proxy = object.value.placed(in: request.namespace, as: request.name)
        let known = request.oldObject.map { Set(Self.findings(for: $0.value, in: view)) } ?? []
        let findings = Self.findings(for: proxy, in: view)
        return Verdict(findings: findings.map { known.contains($0) ? $0.with(.warn) : $0 })
    }

    private static func findings(for proxy: JSONValue, in view: ClusterView) -> [Finding] {
        HTTPProxyRules.findings(for: proxy) + HTTPProxyRules.findings(for: proxy, among: view)
    }
}

extension JSONValue {
    /// The object with the request's namespace and name where it has none of its own.
    fileprivate func placed(in namespace: String?, as name: String?) -> JSONValue {
        var object = self
        if let namespace, object[path: "metadata", "namespace"] == nil {
            object[path: "metadata", "namespace"] = .string(namespace)
        }
        if let name, object[path: "metadata", "name"] == nil { object[path: "metadata", "name"] = .string(name) }
        return object
    }
}
