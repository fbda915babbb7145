package import Schema

/// One thing that is wrong with an HTTPProxy, and what Contour makes of it.
package struct ProxyFault: Hashable, Sendable {
    /// How far a fault reaches: what Contour leaves undone for it.
    package enum Reach: Hashable, Sendable {
        /// The root is processed no further: no virtual host, and its includes are not walked.
        case stop
        /// The include is passed over.
        case skipInclude
        /// Every route of the object, those collected from its includes among them, is dropped.
        case drop
        /// The backend alone is lost: what else there is to say of the same service, Contour does not look at.
        case nextService
        /// It is recorded as an error, and nothing is left undone.
        case goOn
        /// It is recorded as a warning.
        case note
        /// Contour says nothing: the schema's, Envoy's or our own concern.
        case unreported
    }

    /// What there is to tell, with Contour's condition where it reports one.
    package let finding: Finding
    /// What Contour leaves undone.
    package let reach: Reach
    /// Whether Contour records it for a fault that is told of already: people are told once.
    package let isConsequence: Bool

    package init(_ finding: Finding, _ reach: Reach, isConsequence: Bool = false) {
        self.finding = finding
        self.reach = reach
        self.isConsequence = isConsequence
    }
}
