package import FlaggerAPI
package import Platform

/// What the loop needs to know of a target or a primary.
package struct Workload: Hashable, Sendable {
    /// What it is.
    package var kind = TargetKind.deployment
    /// Its name.
    package var name: String
    /// For the target the revision of its pod template; for the primary the one it was last given, nil when it is not
    /// known.
    package var revision: String?
    /// Whether the revision may have pods: it is stamped `open` for this very template and not held back.
    package var isAdmitted: Bool
    /// The pods that are asked for: a Deployment's replicas, or the nodes that a DaemonSet's pods may go to.
    ///
    /// A Service has no pods; it counts as one where its spec takes traffic.
    package var replicas: Int
    /// How far the cluster's controllers are.
    package var status: Status
    /// What keeps pods from starting, in words that stay the same while it lasts; nil when nothing is known to.
    ///
    /// Looked for only while too few pods are available.
    package var trouble: String?

    /// A workload's status.
    package struct Status: Hashable, Sendable {
        /// Whether the controller has seen the current spec.
        package var isObserved = true
        /// Pods, old ones too.
        package var replicas = 0
        /// Pods of the current template.
        package var updated = 0
        /// Pods that are available.
        package var available = 0
        /// Whether the Deployment passed its own progress deadline.
        package var isPastDeadline = false
        /// When it did; nil when it did not, or it is not known.
        package var pastDeadlineSince: Timestamp?
        /// Since when too few pods are available; nil when enough are, or it is not known.
        package var unavailableSince: Timestamp?
        /// When a rollout of the current template that is under way last got on; nil when none is.
        package var lastProgress: Timestamp?

        package init(
            isObserved: Bool = true,
            replicas: Int = 0,
            updated: Int = 0,
            available: Int = 0,
            isPastDeadline: Bool = false,
            pastDeadlineSince: Timestamp? = nil,
            unavailableSince: Timestamp? = nil,
            lastProgress: Timestamp? = nil
        ) {
            self.isObserved = isObserved
            self.replicas = replicas
            self.updated = updated
            self.available = available
            self.isPastDeadline = isPastDeadline
            self.pastDeadlineSince = pastDeadlineSince
            self.unavailableSince = unavailableSince
            self.lastProgress = lastProgress
        }
    }

    package init(
        kind: TargetKind = .deployment,
        name: String,
        revision: String?,
        isAdmitted: Bool,
        replicas: Int,
        status: Status,
        trouble: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.revision = revision
        self.isAdmitted = isAdmitted
        self.replicas = replicas
        self.status = status
        self.trouble = trouble
    }
}
