package import Platform

/// A pure function from a request and a view of the cluster to a verdict: it calls nothing, takes no lock, changes no
/// thread, cannot throw, and gives the same answer to the same question.
package protocol Webhook: Sendable {
    /// The path it is registered under: `/validate/canaries`.
    var path: String { get }

    /// Whether its answers may carry a patch.
    var isMutating: Bool { get }

    /// The verdict on `request`.
    ///
    /// `now` is the time of the call, for what must be written with one.
    func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict
}
