import FlaggerAPI
import Platform

/// One round of questions: it asks them in order, and keeps a record and an event of each answer.
struct CheckRound {
    /// How the hooks of one kind came out.
    enum HookResult {
        /// Not all have been asked.
        case asking([Question])
        /// All agreed.
        case passed
        /// This one did not; those after it were not asked.
        case failed(CanaryHook)
    }

    private let observation: Observation
    /// What was found out so far.
    private(set) var records: [CheckRecord] = []
    /// What to tell of it.
    var events: [RolloutEvent] = []

    init(_ observation: Observation) { self.observation = observation }

    /// Asks the hooks of `kind` one after the other; the first that fails ends it.
    mutating func ask(
        _ kind: CanaryHook.Kind,
        phase: CanaryPhase,
        revision: String,
        onFailure: CheckRecord.Consequence
    ) -> HookResult {
        for hook in observation.canary.analysis.hooks(kind) {
            let question = Question.hook(hook, phase: phase, revision: revision)
            guard let answer = observation.answers[question] else { return .asking([question]) }
            note(hook, answer, onFailure: onFailure)
            guard answer == .passed else { return .failed(hook) }
            events.append(.normal(.hookPassed, "\(hook.title) check \(hook.name) passed"))
        }
        return .passed
    }

    /// Takes down what a hook answered.
    mutating func note(
        _ hook: CanaryHook,
        _ answer: Answer,
        onSuccess: CheckRecord.Consequence = .proceed,
        onFailure: CheckRecord.Consequence
    ) {
        let outcome: CheckRecord.Outcome =
            switch answer {
            case .passed: .passed
            case .refused: .failed
            case .unavailable, .value, .noData: .cannotEvaluate
            }
        note(
            .hook,
            kind: hook.kind.rawValue,
            name: hook.name,
            asked: hook.url,
            answered: answer.words,
            outcome: outcome,
            follows: outcome == .passed ? onSuccess : onFailure
        )
    }

    /// Takes down one finding.
    mutating func note(
        _ subject: CheckRecord.Subject,
        kind: String,
        name: String,
        asked: String = "",
        answered: String,
        bound: String = "",
        outcome: CheckRecord.Outcome,
        follows: CheckRecord.Consequence
    ) {
        records.append(
            CheckRecord(
                subject: subject,
                kind: kind,
                name: name,
                asked: asked,
                answered: answered,
                bound: bound,
                outcome: outcome,
                follows: follows,
                weight: observation.canary.status.canaryWeight,
                time: observation.now
            )
        )
    }

    /// Takes over a record of an earlier round that still holds.
    mutating func keep(_ record: CheckRecord) { records.append(record) }

    /// Turns the failed checks of the round into a rollback.
    mutating func rollBack() {
        for index in records.indices where records[index].follows == .failedCheck {
            records[index].follows = .rollBack
        }
    }
}

extension Answer {
    /// What came back on a hook, in words.
    var words: String {
        switch self {
        case .passed: "passed"
        case .refused(let reason), .unavailable(let reason): reason
        case .value(let value): "\(value)"
        case .noData: "no data"
        }
    }
}

extension CanaryHook {
    /// The kind at the beginning of a sentence: `Pre-rollout`.
    var title: String { kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst() }
}
