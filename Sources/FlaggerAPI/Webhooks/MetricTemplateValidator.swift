package import Admission
package import Platform

/// Refuses MetricTemplates that are not made as they should be.
///
/// `POST /validate/metrictemplates`.
package struct MetricTemplateValidator: Webhook {
    package let path = "/validate/metrictemplates"
    package let isMutating = false

    /// Fail: an object that nobody has judged must not be stored.
    package let failurePolicy = FailurePolicy.fail

    private let judge: Judge

    /// The validator that asks `judge`.
    package init(judge: Judge) { self.judge = judge }

    /// The validator for our loop, which reads none yet, or for Flagger where `isDriving` is false.
    package init(isDriving: Bool = true) { self.init(judge: Judge(isDriving: isDriving)) }

    /// Every finding about the object.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        request.verdict(on: .metricTemplate, by: judge, in: view)
    }
}
