package import JSON

/// An HTTP call that a Canary wants made at a point of its rollout.
///
/// Source: Flagger's `spec.analysis.webhooks[]`.
package struct CanaryHook: Hashable, Sendable {
    /// When a hook is called, and what its failure means.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Before the revision is let in; a failure keeps it waiting.
        case confirmRollout = "confirm-rollout"
        /// Before the first traffic; a failure is a failed check.
        case preRollout = "pre-rollout"
        /// At each interval; a failure is a failed check.
        case rollout
        /// Before each step; a failure keeps the weight.
        case confirmTrafficIncrease = "confirm-traffic-increase"
        /// Before the promotion; a failure keeps it waiting.
        case confirmPromotion = "confirm-promotion"
        /// When all is over.
        case postRollout = "post-rollout"
        /// At each interval; a success rolls the revision back.
        case rollback
        /// For each event that is recorded.
        case event
    }

    /// The hook's name.
    package let name: String
    /// When it is called.
    package let kind: Kind
    /// Where.
    package let url: String
    /// How long an attempt may take.
    package let timeout: Duration
    /// How many attempts follow a failed one.
    package let retries: Int
    /// Whether the server's certificate is not checked.
    package let skipsVerification: Bool
    /// What goes into the payload beside the Canary's name: name to text.
    package let metadata: JSONObject

    init(_ field: CanaryField) throws(CanaryParseError) {
        name = try field["name"].requiredText()
        url = try field["url"].requiredText()
        let type = try field["type"].text() ?? ""
        guard let kind = type.isEmpty ? .rollout : Kind(rawValue: type) else {
            throw field["type"].mismatch(Kind.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.kind = kind
        timeout = try field["timeout"].duration() ?? .seconds(10)
        retries = try field["retries"].int(in: 0...100) ?? 0
        skipsVerification = try field["disableTLS"].flag()
        _ = try field["metadata"].textMap()
        metadata = field["metadata"].value?.object ?? JSONObject()
    }
}
