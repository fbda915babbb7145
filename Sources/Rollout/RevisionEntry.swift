package import JSON
package import Platform

/// What the ledger holds of one revision: who wanted what, when, and what became of it.
///
/// Kept as an apps/v1 ControllerRevision that the Canary owns; the last ten are kept.
package struct RevisionEntry: Hashable, Sendable {
    /// What became of a revision.
    package enum Verdict: String, Hashable, Sendable {
        /// It is on its way.
        case running = "Running"
        /// It is, or was, the primary's.
        case promoted = "Promoted"
        /// It was rolled back.
        case rolledBack = "RolledBack"
        /// Another took its place, or it was taken back, before anything was decided.
        case withdrawn = "Withdrawn"
    }

    /// Its digest.
    package var revision: String
    /// What changed, in one line.
    package var change: String
    /// Who asked for it; empty when it is not known.
    package var requestedBy: String
    /// When it was asked for.
    package var requestedAt: Timestamp?
    /// When it was let in.
    package var startedAt: Timestamp?
    /// When it was decided.
    package var endedAt: Timestamp?
    /// What became of it.
    package var verdict: Verdict
    /// Why, in a sentence; empty while it is on its way.
    package var reason: String
    /// The pod template, by which the primary can be put back.
    package var template: JSONValue

    package init(
        revision: String,
        change: String,
        requestedBy: String,
        requestedAt: Timestamp?,
        startedAt: Timestamp?,
        endedAt: Timestamp? = nil,
        verdict: Verdict = .running,
        reason: String = "",
        template: JSONValue
    ) {
        self.revision = revision
        self.change = change
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.verdict = verdict
        self.reason = reason
        self.template = template
    }
}
