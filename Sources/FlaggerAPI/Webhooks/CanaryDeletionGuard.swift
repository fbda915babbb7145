package import Admission
package import Platform

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
        guard request.operation == .delete, !ControlPlane.contains(request.username) else { return .allowed }
        return request.verdict(on: .canary, by: judge, in: view)
    }
}
