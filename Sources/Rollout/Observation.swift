package import FlaggerAPI
package import Platform

/// A generated object as it was found.
package enum ObjectState: Hashable, Sendable {
    /// It is not there.
    case missing
    /// It is there and as it should be, or somebody has broken the glass on it and it is left as it is.
    case current
    /// It is there and not as it should be.
    case differs
    /// It is there and is not ours to change; the words say whose it is.
    case foreign(String)
}

/// Which of the three Services.
package enum ServiceRole: String, Hashable, Sendable, CaseIterable {
    /// The promoted pods.
    case primary
    /// The pods under analysis.
    case canary
    /// What users call; it selects the promoted pods.
    case apex
}

/// Contour's word on the route's current generation.
package enum RouteVerdict: Hashable, Sendable {
    /// It is in force.
    case valid
    /// It is refused; Contour's description.
    case invalid(String)
    /// It is sound, but no root includes it; Contour's description.
    case orphaned(String)
    /// Contour has not yet spoken.
    case pending
}

/// The HTTPProxy as it was found.
package enum RouteState: Hashable, Sendable {
    /// It is not there, or one that an earlier Canary has left, for this one to take over.
    case missing
    /// It is not ours to change; the words say whose it is.
    case foreign(String)
    /// It has no route to both the primary and the canary; the words say so.
    case unreadable(String)
    /// What it does, and Contour's word on it.
    case present(RouteReading, RouteVerdict)
}

/// What was read off a route.
package struct RouteReading: Hashable, Sendable {
    /// What it does; nil when its parts do different things, or something that no decision asks for.
    package var traffic: Traffic?
    /// Whether it has the parts that the Canary asks for, with their conditions; their weights aside.
    package var isShaped: Bool

    package init(_ traffic: Traffic?, isShaped: Bool = true) {
        self.traffic = traffic
        self.isShaped = isShaped
    }
}

/// The autoscalers as they were found.
package struct AutoscalerState: Hashable, Sendable {
    /// Whether the target's is there.
    package var hasSource: Bool
    /// The primary's.
    package var copy: ObjectState
    /// Whether the target's is told to make no pods; nil for a kind that cannot be told, and need not.
    package var isPaused: Bool?

    package init(hasSource: Bool, copy: ObjectState, isPaused: Bool? = nil) {
        self.hasSource = hasSource
        self.copy = copy
        self.isPaused = isPaused
    }

    /// Whether the target's is still to be told to make no pods; one that is gone makes none, and cannot be told.
    var isToBePaused: Bool { hasSource && isPaused == false }

    /// Whether the target's is still told to make no pods.
    var isHeldBack: Bool { hasSource && isPaused == true }
}

/// All that a decision rests on, read at one time.
package struct Observation: Sendable {
    /// The Canary: what is wanted and what is remembered.
    package var canary: Canary
    /// The time.
    package var now: Timestamp
    /// The target; nil when it is not there.
    package var target: Workload?
    /// The primary; nil when it is not there.
    package var primary: Workload?
    /// Whose the primary is when it is not ours.
    package var primaryOwner: String?
    /// The autoscalers; nil when the Canary names none.
    package var autoscaler: AutoscalerState?
    /// Autoscalers that were made for this Canary's primary and no longer belong to it: `HorizontalPodAutoscaler web-primary.test`.
    package var strayAutoscalers: [String] = []
    /// The Services.
    package var services: [ServiceRole: ObjectState]
    /// The HTTPProxy, or with plain Services the apex Service's selector.
    package var route: RouteState
    /// The primary's copies of the ConfigMaps and Secrets that the target's template refers to; nil when it refers to none
    /// that is tracked.
    package var configs: ObjectState?
    /// The primary's PodDisruptionBudget; nil when the target has none.
    package var disruptionBudget: ObjectState?
    /// What differs between the primary's template and the analysed one beyond the rewrites that make it the primary's,
    /// as paths; looked at when the primary was given that revision.
    package var templateDifferences: [String] = []
    /// The ledger, newest first; empty while nothing is on its way and the primary is there.
    package var ledger: [RevisionEntry] = []
    /// What was seen of the gate, of revisions and of a hand-over.
    package var gate = GateObservation()
    /// What was asked in this round so far, and what came back.
    package var answers: [Question: Answer] = [:]

    package init(
        canary: Canary,
        now: Timestamp,
        target: Workload?,
        primary: Workload?,
        primaryOwner: String? = nil,
        autoscaler: AutoscalerState?,
        services: [ServiceRole: ObjectState],
        route: RouteState
    ) {
        self.canary = canary
        self.now = now
        self.target = target
        self.primary = primary
        self.primaryOwner = primaryOwner
        self.autoscaler = autoscaler
        self.services = services
        self.route = route
    }
}
