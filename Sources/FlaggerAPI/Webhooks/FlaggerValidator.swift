package import Admission
import Kubernetes
package import Platform

/// Refuses Canaries that can't do what they say, and MetricTemplates and AlertProviders that are not made as they
/// should be.
///
/// `POST /validate/canaries`, `POST /validate/metrictemplates`, `POST /validate/alertproviders`.
package struct FlaggerValidator: Webhook {
    package let isMutating = false

    /// Fail: an object that nobody has judged must not be stored.
    package let failurePolicy = FailurePolicy.fail

    private let kind: FlaggerKind
    private let judge: Judge

    /// The validator of objects of `kind`, which asks `judge`.
    package init(_ kind: FlaggerKind, judge: Judge = Judge()) {
        self.kind = kind
        self.judge = judge
    }

    package var path: String { "/validate/\(kind.type.plural)" }

    /// Every finding about the object and its neighbours.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        request.verdict(on: kind, by: judge, in: view)
    }
}
