package import Platform

/// A revision that the target holds and that has not come through the gate.
package struct GateSlip: Hashable, Sendable {
    /// How it came.
    package enum Road: String, Hashable, Sendable {
        /// The pod template changed and nobody stamped it: no webhook was asked.
        case template
        /// A ConfigMap or Secret that is part of the revision changed; no template did.
        case configs
        /// The gate is closed and the pods are made all the same: somebody took the pause away.
        case pause
        /// The gate is open and the loop did not open it.
        case stamp
    }

    /// How it came.
    package var road: Road
    /// What changed, in one line.
    package var change: String
    /// Who asked for it: a user, or what is known of him.
    package var requestedBy: String
    /// When it came; nil when nothing tells.
    package var since: Timestamp?

    package init(road: Road, change: String, requestedBy: String, since: Timestamp?) {
        self.road = road
        self.change = change
        self.requestedBy = requestedBy
        self.since = since
    }
}
