package import Platform

/// A pure function from a request and a view of the cluster to a verdict: it calls nothing, takes no lock, changes no
/// thread, and gives the same answer to the same question.
package protocol Webhook: Sendable {
    /// The path it is registered under: `/validate/canaries`.
    var path: String { get }

    /// Whether its answers may carry a patch.
    var isMutating: Bool { get }

    /// What becomes of a request that cannot be judged for a fault of ours: the same as its registration says of calls
    /// that fail.
    var failurePolicy: FailurePolicy { get }

    /// The verdict on `request`.
    ///
    /// `now` is the time of the call, for what must be written with one.
    ///
    /// - Throws: what must not be, a fault of this program: the request is then answered by the failure policy, and
    ///   nothing else is touched by it. What is wrong with the request is a finding.
    func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) throws -> Verdict
}

/// What becomes of a request whose webhook fails.
///
/// Source: admissionregistration.k8s.io/v1 FailurePolicyType.
package enum FailurePolicy: String, Sendable {
    /// It is refused.
    case fail = "Fail"
    /// It goes through unjudged.
    case ignore = "Ignore"
}
