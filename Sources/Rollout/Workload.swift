package import JSON
package import Platform

/// What the loop needs to know of a Deployment.
package struct Workload: Hashable, Sendable {
    /// The Deployment's name.
    package var name: String
    /// For the target the revision of its pod template; for the primary the one it was last given, nil when it is not
    /// known.
    package var revision: String?
    /// Whether the revision may have pods: it is stamped `open` for this very template and not paused.
    package var isAdmitted: Bool
    /// The replicas that are asked for.
    package var replicas: Int
    /// How far the Deployment's controller is.
    package var status: Status
    /// What keeps its pods from starting, if that is known: an image that cannot be pulled, a crash loop.
    package var trouble: String?

    /// A Deployment's status.
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
        /// Since when too few pods are available; nil when enough are.
        package var unavailableSince: Timestamp?

        package init(
            isObserved: Bool = true,
            replicas: Int = 0,
            updated: Int = 0,
            available: Int = 0,
            isPastDeadline: Bool = false,
            unavailableSince: Timestamp? = nil
        ) {
            self.isObserved = isObserved
            self.replicas = replicas
            self.updated = updated
            self.available = available
            self.isPastDeadline = isPastDeadline
            self.unavailableSince = unavailableSince
        }
    }

    package init(name: String, revision: String?, isAdmitted: Bool, replicas: Int, status: Status) {
        self.name = name
        self.revision = revision
        self.isAdmitted = isAdmitted
        self.replicas = replicas
        self.status = status
    }

    /// Reads an apps/v1 Deployment; `revision` and `isAdmitted` come from its annotations, which the caller knows.
    package init(deployment: JSONValue, revision: String?, isAdmitted: Bool) {
        let status = deployment["status"]
        let generation = deployment[path: "metadata", "generation"]?.int ?? 0
        let conditions = status?["conditions"]?.array ?? []
        let progressing = conditions.first { $0["type"]?.string == "Progressing" }
        let available = conditions.first { $0["type"]?.string == "Available" }
        let isShort =
            available?["status"]?.string == "False"
            && available?["reason"]?.string == "MinimumReplicasUnavailable"
        let since = (available?["lastUpdateTime"] ?? available?["lastTransitionTime"])?.string
        self.init(
            name: deployment[path: "metadata", "name"]?.string ?? "",
            revision: revision,
            isAdmitted: isAdmitted,
            replicas: deployment[path: "spec", "replicas"]?.int ?? 1,
            status: Status(
                isObserved: (status?["observedGeneration"]?.int ?? 0) >= generation,
                replicas: status?["replicas"]?.int ?? 0,
                updated: status?["updatedReplicas"]?.int ?? 0,
                available: status?["availableReplicas"]?.int ?? 0,
                isPastDeadline: progressing?["reason"]?.string == "ProgressDeadlineExceeded",
                unavailableSince: isShort ? since.flatMap { Timestamp(rfc3339: $0) } : nil
            )
        )
    }
}
