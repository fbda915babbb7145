package import Admission
import JSON
import Kubernetes
package import Platform
import Schema

/// Refuses to delete a Canary while its target has no pods: with it the primary would go, which serves.
///
/// `POST /validate/canary-deletions`, for DELETE. Let through are the cluster's own components, which collect what is
/// orphaned and empty a namespace that goes, and what has the annotation `canarygate.dev/break-glass`.
package struct CanaryDeletionGuard: Webhook {
    package let path = "/validate/canary-deletions"
    package let isMutating = false

    /// Ignore: nobody is to be kept from deleting objects because this server is gone.
    package let failurePolicy = FailurePolicy.ignore

    private let judge: Judge

    /// The guard that asks `judge`.
    package init(judge: Judge) { self.judge = judge }

    /// The guard for our loop, or for Flagger where `isDriving` is false.
    package init(isDriving: Bool = true) { self.init(judge: Judge(isDriving: isDriving)) }

    /// What there is to say of the deletion; anything else is allowed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.operation == .delete, request.subresource == nil, !ControlPlane.contains(request.username),
            var stored = request.placedOldObject
        else { return .allowed }
        let glass = BreakGlass(on: stored)
        var isGiven = false
        if case .given = glass.state(at: now) { isGiven = true }
        // One whose time is over says nothing any more.
        if !isGiven { stored[path: "metadata", "annotations", BreakGlass.annotation] = nil }
        var verdict = judge.judgement(ofDeleting: stored, as: .canary, in: view).verdict
        guard verdict.findings.contains(where: { $0.rule == "canary/delete-broken-glass" }) else { return verdict }
        let (outcome, lookup) = GlassCase(
            title: "canary/\(stored.name)",
            canary: stored.name,
            namespace: stored.namespace ?? "default",
            glass: glass,
            refusal: ""
        )
        .outcome(of: request, in: view, now: now)
        switch outcome {
        case .refused(let why): verdict.forbidden = why
        case .allowed(let use): verdict.brokenGlass = use
        }
        verdict.lookup = lookup
        return verdict
    }
}
