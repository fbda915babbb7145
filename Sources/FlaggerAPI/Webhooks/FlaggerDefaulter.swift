package import Admission
import JSON
import Kubernetes
package import Platform
import Schema

/// Writes the defaults of a MetricTemplate or an AlertProvider into it, and refuses a wrong one, before the API server
/// checks it against its CRD in words of its own.
///
/// `POST /mutate/metrictemplates`, `POST /mutate/alertproviders`.
package struct FlaggerDefaulter: Webhook {
    package let isMutating = true

    /// Fail: an object that nobody has judged must not be stored.
    package let failurePolicy = FailurePolicy.fail

    private let kind: FlaggerKind
    private let judge: Judge

    /// The defaulter of objects of `kind`, which asks `judge`; Canaries have one of their own.
    package init(_ kind: FlaggerKind, judge: Judge = Judge()) {
        self.kind = kind
        self.judge = judge
    }

    package var path: String { "/mutate/\(kind.type.plural)" }

    /// The defaults as a patch, or what has to be corrected first.
    ///
    /// Applied to its own outcome it gives no patch.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.isJudged, !request.leavesSpec, let object = request.placedObject else { return .allowed }
        let refusals = judge.refusals(of: object, as: kind, in: view)
        // Whoever has to correct something is told of all there is at once.
        guard refusals.findings.isEmpty else { return request.verdict(on: kind, by: judge, in: view) }
        return Verdict(patch: kind.schema.defaults(for: object))
    }
}
