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
    /// Make the primary's autoscaler, or bring it up to date.
    case applyAutoscaler
    /// Make a Service, or bring its selector and ports up to date.
    case applyService(ServiceRole)
    /// Make the HTTPProxy with so many percent for the canary.
    case createRoute(canary: Int)
    /// Change the HTTPProxy's weights: so many percent for the canary, the rest for the primary.
    case setWeight(canary: Int)
    /// Open the target's gate for `revision` and set its replicas, in one change; nil for as many as the primary has.
    case admitTarget(revision: String, replicas: Int?)
    /// Take the target's pods away.
    case scaleTargetToZero
}
