/// What divides the traffic.
///
/// Source: Flagger's `spec.provider`.
package enum CanaryProvider: String, Hashable, Sendable, CaseIterable {
    /// Contour's HTTPProxy.
    case contour
    /// The apex Service alone, by its selector: all of the traffic or nothing.
    case kubernetes
}
