import Controller
import FlaggerAPI
import JSON
import Rollout

/// A process's way to hooks, measurements and news, which goes where its link goes.
struct Line: CanaryHookCaller, CanaryMetricReader, RolloutEventSink {
    let link: Link
    let outside: Outside
    let onTell: @Sendable (RolloutEvent) -> Void

    func call(
        _ hook: CanaryHook,
        of canary: Canary,
        phase: CanaryPhase,
        revision: String
    ) async throws(CancellationError) -> Answer {
        let question = "\(hook.kind.rawValue) \(hook.name) \(phase.rawValue)"
        return try await ask(question, named: hook.name, best: hook.kind == .rollback ? .refused("no") : .passed)
    }

    func read(_ metric: CanaryMetric, of canary: Canary) async throws(CancellationError) -> Answer {
        try await ask(metric.name, named: metric.name, best: .value(metric.source == .successRate ? 100 : 20))
    }

    private func ask(
        _ question: String,
        named name: String,
        best: Answer
    ) async throws(CancellationError) -> Answer {
        switch link.fate(of: "ask \(question)") {
        case .happens: break
        case .isDead, .fails(.deathBefore): throw CancellationError()
        case .fails(.silence):
            _ = outside.answer(question, named: name, best: best)
            return .unavailable("no answer within 5s")
        case .fails(let failure): await link.wait(failure)
        }
        let answer = outside.answer(question, named: name, best: best)
        if link.isDead { throw CancellationError() }
        return answer
    }

    func tell(_ event: RolloutEvent, about canary: JSONValue) async {
        switch link.fate(of: "tell \(event.message)") {
        case .isDead, .fails(.deathBefore): return
        case .happens, .fails:
            onTell(event)
            outside.note(event)
        }
    }
}
