package import Admission
package import Platform

/// Refuses Canaries that can't do what they say.
///
/// `POST /validate/canaries`.
package struct CanaryValidator: Webhook {
    package let path = "/validate/canaries"
    package let isMutating = false

    /// Fail: an object that nobody has judged must not be stored.
    package let failurePolicy = FailurePolicy.fail

    private let judge: Judge

    /// The validator that asks `judge`.
    package init(judge: Judge) { self.judge = judge }

    /// The validator of Canaries that our loop drives, or Flagger where `isDriving` is false.
    package init(isDriving: Bool = true) { self.init(judge: Judge(isDriving: isDriving)) }

    /// Every finding about the object and its neighbours.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        request.verdict(on: .canary, by: judge, in: view)
    }
}
