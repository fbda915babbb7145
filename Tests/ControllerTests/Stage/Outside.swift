import FlaggerAPI
import JSON
import Platform
import Rollout

/// Hooks, measurements and news: what is answered, what was asked and what was told.
final class Outside: Sendable {
    private struct State {
        var answers: [String: Answer] = [:]
        var asked: [String] = []
        var told: [RolloutEvent] = []
        var onAsk: @Sendable (String) -> Void = { _ in }
    }

    private let state = Locked(State())

    /// The answers by the name of the hook or metric; the best one where there is none.
    var answers: [String: Answer] {
        get { state.withLock { $0.answers } }
        set { state.withLock { $0.answers = newValue } }
    }

    /// What was asked: `pre-rollout smoke Progressing`, or the metric's name.
    var asked: [String] { state.withLock { $0.asked } }

    /// What was told.
    var told: [RolloutEvent] { state.withLock { $0.told } }

    /// The messages.
    var messages: [String] { told.map(\.message) }

    /// Calls `action` at each question with what is asked, before the answer is looked up.
    func onAsk(_ action: @escaping @Sendable (String) -> Void) { state.withLock { $0.onAsk = action } }

    /// Forgets what was asked and told.
    func forget() {
        state.withLock { state in
            state.asked = []
            state.told = []
        }
    }

    /// Takes down `question` and answers it.
    func answer(_ question: String, named name: String, best: Answer) -> Answer {
        let action = state.withLock { state in
            state.asked.append(question)
            return state.onAsk
        }
        action(question)
        return answers[name] ?? best
    }

    /// Takes down `event`.
    func note(_ event: RolloutEvent) { state.withLock { $0.told.append(event) } }
}
