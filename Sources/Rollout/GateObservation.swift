package import FlaggerAPI
package import JSON
package import Platform

/// What was seen of the gate, of revisions and of a hand-over.
///
/// What was not looked at is nil or false, and nothing is decided on it.
package struct GateObservation: Hashable, Sendable {
    /// The target's pod template, for the ledger.
    package var template: JSONValue?
    /// What the target says has changed; empty when it says nothing.
    package var change = ""
    /// Who asked for it; empty when that is not known.
    package var requestedBy = ""
    /// When.
    package var requestedAt: Timestamp?
    /// What the target holds without having come through the gate.
    package var slip: GateSlip?
    /// Whether the target has pods of another revision that nothing would replace: they were made with other ConfigMaps or
    /// Secrets, or are left for somebody to remove by hand.
    package var hasStalePods = false
    /// Whether the primary, which runs the promoted revision, reads ConfigMaps and Secrets of another, whose promotion ended
    /// before its template was given.
    package var hasStrayConfigs = false
    /// When the revision under analysis was last promoted, by the ledger; nil when it never was.
    package var provenAt: Timestamp?
    /// Whether the target, or a ConfigMap or Secret that is tracked, lacks the label by which admission sees it.
    package var isUnmarked = false
    /// The digests of the tracked ConfigMaps and Secrets, by `configmap/name` and `secret/name`.
    package var configs: [String: String]?
    /// The promoted revision by the name that says of its ConfigMaps and Secrets too, where the status has another that means
    /// the same; nil where it need not be renamed, or that is not sure.
    package var fullName: String?
    /// Whether `Observation.ledger` holds the ledger.
    package var isLedgerRead = false
    /// The broken glasses.
    package var breakGlass: [BreakGlassUse]?
    /// Those whose time has passed, by their objects.
    package var expiredBreakGlass: [String] = []
    /// The hand-over.
    package var handOver = HandOverState()

    package init() {}
}
