import FlaggerAPI
import JSON
import Platform

/// How a Canary stands, in the words of kstatus.
struct Standing {
    private let phase: CanaryPhase
    private let isSuspended: Bool
    /// What keeps it from going on without somebody's help: a word and a sentence.
    private let obstacle: (reason: String, message: String)?
    /// What it is waiting for or doing: a word and a sentence.
    private let work: (reason: String, message: String)

    init(_ step: Step, _ status: CanaryStatus, _ observation: Observation) {
        phase = status.phase
        isSuspended = observation.canary.isSuspended && !observation.canary.isDeleting
        let message = phase.message(kind: observation.canary.target.kind)
        if let event = step.events.first(where: { [.blocked, .promotionFailed].contains($0.reason) }) {
            obstacle = (event.reason.rawValue, event.message)
        } else if phase == .failed {
            let cause = status.checks.first { $0.follows == .rollBack }
            obstacle = (phase.rawValue, cause.map { "\(message) \($0.summary)" } ?? message)
        } else {
            obstacle = nil
        }
        if isSuspended {
            work = ("Suspended", "nothing goes on while spec.suspend is true")
        } else if let event = step.events.first(where: { $0.reason == .notReady }) {
            work = (event.reason.rawValue, event.message)
        } else if let check = status.checks.first(where: { $0.follows == .hold }) {
            work = (check.subject == .pause ? "Paused" : "WaitingForApproval", check.summary)
        } else {
            work = (phase == .new ? "New" : phase.rawValue, message)
        }
    }

    /// Ready, Reconciling and Stalled; the time of a transition is kept where there was none.
    func conditions(after previous: [StatusCondition], _ observation: Observation) -> [StatusCondition] {
        let isAtRest = [.initialized, .succeeded, .failed].contains(phase)
        let isReady = isAtRest && obstacle == nil
        let cause = obstacle ?? work
        let generation = observation.canary.object[path: "metadata", "generation"]?.int
        let drafts = [
            StatusCondition(
                .ready,
                isReady ? "True" : obstacle == nil ? "Unknown" : "False",
                reason: cause.reason,
                message: cause.message
            ),
            StatusCondition(
                .reconciling,
                isAtRest || isSuspended ? "False" : "True",
                reason: work.reason,
                message: work.message
            ),
            StatusCondition(
                .stalled,
                obstacle == nil ? "False" : "True",
                reason: cause.reason,
                message: cause.message
            ),
        ]
        return drafts.map { draft in
            var condition = draft
            let before = previous.first { $0.kind == draft.kind }
            condition.observedGeneration = generation
            condition.lastTransitionTime =
                before?.status == draft.status ? before?.lastTransitionTime ?? observation.now : observation.now
            return condition
        }
    }
}
