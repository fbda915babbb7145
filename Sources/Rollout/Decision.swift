package import FlaggerAPI

/// What the loop does next.
package enum Decision: Hashable, Sendable {
    /// Ask, put the answers into the observation and decide again.
    case ask([Question])
    /// Write down and do.
    case act(Step)
}

/// One step: what is written down first and done after that.
///
/// A loop that dies between the two finds what it wrote down and does the rest: each action follows from the status and
/// the objects alone, and does no harm when it is done twice.
package struct Step: Hashable, Sendable {
    /// The status to write before anything is done; nil to leave it.
    package var record: CanaryStatus?
    /// What to do, in order.
    package var actions: [Action]
    /// What to tell.
    package var events: [RolloutEvent]
    /// When to look again.
    package var next: Next
    /// How long after a revision came its gate was closed, where no webhook had closed it and that is known.
    package var lateness: Duration?

    package init(
        record: CanaryStatus? = nil,
        actions: [Action] = [],
        events: [RolloutEvent] = [],
        next: Next = .now
    ) {
        self.record = record
        self.actions = actions
        self.events = events
        self.next = next
    }
}

/// When to look again.
package enum Next: Hashable, Sendable {
    /// At once, as something was changed.
    case now
    /// After this long, or sooner where pods and routes are waited for.
    case after(Duration)
}

/// A change of one object.
package enum Action: Hashable, Sendable {
    /// Make the primary of the target's template.
    case createPrimary
    /// Give the primary the target's template, which must be `revision`.
    case copyTemplate(revision: String)
    /// Ask for so many pods of the primary.
    case scalePrimary(to: Int)
    /// Give the primary the template that the ledger has of `revision`, or make it of that where it is gone.
    case restorePrimary(revision: String)
    /// Make the primary's copies of the tracked ConfigMaps and Secrets, or bring them up to date.
    case applyConfigs
    /// Make the primary's autoscaler, or bring it up to date.
    case applyAutoscaler
    /// Take away what else scales the primary and was made for this Canary.
    case removeStrayAutoscalers
    /// Keep the target's autoscaler from making pods, or let it again; KEDA alone needs to be told.
    case pauseAutoscaler(Bool)
    /// Make the primary's PodDisruptionBudget, or bring it up to date.
    case applyDisruptionBudget
    /// Make a Service, or bring its selector and ports up to date.
    case applyService(ServiceRole)
    /// Make the route.
    case createRoute(Traffic)
    /// Give the route the parts that the Canary asks for; the traffic is as it says.
    case shapeRoute(Traffic)
    /// Change the shares on the route and nothing else.
    case setTraffic(Traffic)
    /// Open the target's gate for `revision` and set its replicas, in one change; nil for as many as the primary has.
    case admitTarget(revision: String, replicas: Int?)
    /// Take the target's pods away.
    case scaleTargetToZero
    /// Close the target's gate for `revision`, which came while nobody was asked.
    case closeGate(revision: String, change: String)
    /// Write an entry of the ledger, and take away those that are too old.
    case recordRevision(RevisionEntry)
    /// Put the label by which admission sees them on the target, on what is the Canary's, and on the tracked ConfigMaps
    /// and Secrets; and the finalizer on the Canary.
    case markManaged
    /// Deletion: bring the target back with so many pods, nil for as many as the primary has.
    case restoreTarget(replicas: Int?)
    /// Deletion: have the Services and the route lead to the target, and free them of their owner.
    case handOver
    /// Deletion: let go of the Canary.
    case removeFinalizer
}
