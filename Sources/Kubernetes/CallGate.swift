import Platform

/// Lets so many calls be under way at once; the others wait for their turn, in order.
///
/// The API server shares its seats out among its clients (priority and fairness) and turns away who takes too many; who
/// sends no more than so many at once waits here instead, where it costs nobody anything.
final class CallGate: Sendable {
    private struct State {
        var free: Int
        var nextNumber = 0
        var waiting: [(number: Int, turn: CheckedContinuation<Void, any Error>)] = []
        /// Who was cancelled before it began to wait.
        var cancelled: Set<Int> = []
    }

    private let state: Locked<State>

    /// A gate for `limit` calls at once.
    init(limit: Int) {
        precondition(limit > 0, "a gate that lets nobody through is a wall")
        state = Locked(State(free: limit))
    }

    /// How many wait.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Suspends until it is our turn; `leave()` must follow.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile, and then nothing must follow.
    func enter() async throws {
        let number = state.withLock { state -> Int? in
            guard state.free == 0 else {
                state.free -= 1
                return nil
            }
            state.nextNumber += 1
            return state.nextNumber
        }
        guard let number else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { turn in
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    if state.cancelled.remove(number) != nil { return .failure(CancellationError()) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiting.append((number, turn))
                    return nil
                }
                if let outcome { turn.resume(with: outcome) }
            }
        } onCancel: {
            cancel(number)
        }
        state.withLock { state in _ = state.cancelled.remove(number) }
    }

    /// Gives the turn to who waits longest.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().turn }
            state.free += 1
            return nil
        }
        next?.resume()
    }

    private func cancel(_ number: Int) {
        let turn = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard let place = state.waiting.firstIndex(where: { $0.number == number }) else {
                // It has not come to wait, or has had its turn; the number is not given again.
                state.cancelled.insert(number)
                return nil
            }
            return state.waiting.remove(at: place).turn
        }
        turn?.resume(throwing: CancellationError())
    }
}
