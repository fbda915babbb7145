package import Admission
package import Platform

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

    private let judge: ContourJudge

    /// The validator that asks `judge`.
    package init(judge: ContourJudge = ContourJudge()) { self.judge = judge }

    /// The verdict on the object itself that is made, changed or removed; anything else is allowed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        request.verdict(on: .httpProxy, by: judge, in: view, at: now)
    }
}
