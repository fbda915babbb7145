package import Platform

/// A clock that stands still until a test moves it.
package struct ManualClock: WallClock {
    private struct Sleeper {
        let number: Int
        let deadline: Timestamp
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Waiter {
        let number: Int
        let count: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Timestamp
        var nextNumber = 0
        var sleepers: [Sleeper] = []
        var waiters: [Waiter] = []
        /// Numbers that were cancelled before their task got as far as waiting.
        var cancelled: Set<Int> = []

        mutating func takeNumber() -> Int {
            nextNumber += 1
            return nextNumber
        }

        /// Removes and returns the waiters that have seen enough sleepers.
        mutating func takeSatisfiedWaiters() -> [CheckedContinuation<Void, Never>] {
            let count = sleepers.count
            let satisfied = waiters.filter { $0.count <= count }
            waiters.removeAll { $0.count <= count }
            return satisfied.map(\.continuation)
        }

        /// Moves the time to `end`, and removes and returns whose deadline has come, the earliest first, the earlier to
        /// lie down first where two wake together.
        mutating func move(to end: Timestamp) -> [CheckedContinuation<Void, any Error>] {
            now = end
            let due = sleepers.filter { $0.deadline <= end }
            sleepers.removeAll { $0.deadline <= end }
            return due.sorted { ($0.deadline, $0.number) < ($1.deadline, $1.number) }.map(\.continuation)
        }
    }

    private let state: Locked<State>

    /// A clock that stands at `start`: 2026-11-25T04:00:00Z unless told otherwise.
    package init(start: Timestamp = Timestamp(seconds: 1_795_579_200)) {
        state = Locked(State(now: start))
    }

    /// The time at which the clock stands.
    package func now() -> Timestamp { state.withLock { $0.now } }

    /// How many tasks sleep on this clock.
    package var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// How long until the first sleeper wakes; nil when none sleeps.
    package var timeToNextSleeper: Duration? {
        state.withLock { state in state.sleepers.map(\.deadline).min().map { $0 - state.now } }
    }

    /// Suspends until the clock has been moved by `duration`.
    package func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return }
        let number = state.withLock { $0.takeNumber() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let satisfied = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
                    guard state.cancelled.remove(number) == nil else { return nil }
                    state.sleepers.append(
                        Sleeper(number: number, deadline: state.now + duration, continuation: continuation)
                    )
                    return state.takeSatisfiedWaiters()
                }
                guard let satisfied else { return continuation.resume(throwing: CancellationError()) }
                for waiter in satisfied { waiter.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                guard let index = state.sleepers.firstIndex(where: { $0.number == number }) else {
                    state.cancelled.insert(number)
                    return nil
                }
                return state.sleepers.remove(at: index).continuation
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    /// Moves the clock on and wakes the sleepers whose time has come, in the order of their deadlines.
    ///
    /// A task that is woken and sleeps again does so from the end of the move; to run through several sleeps of one
    /// task, move sleep by sleep with `advanceToNextSleeper()`.
    package func advance(by duration: Duration) {
        let due = state.withLock { $0.move(to: $0.now + duration) }
        for sleeper in due { sleeper.resume() }
    }

    /// Waits until at least one task sleeps, then moves the clock to the first deadline and wakes whoever has it.
    package func advanceToNextSleeper() async {
        await waitForSleepers(count: 1)
        guard let duration = timeToNextSleeper else { return }
        advance(by: duration)
    }

    /// Suspends until at least `count` tasks sleep on this clock, or the calling task is cancelled.
    package func waitForSleepers(count: Int) async {
        let number = state.withLock { $0.takeNumber() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    if state.sleepers.count >= count || state.cancelled.remove(number) != nil { return true }
                    state.waiters.append(Waiter(number: number, count: count, continuation: continuation))
                    return false
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard let index = state.waiters.firstIndex(where: { $0.number == number }) else {
                    state.cancelled.insert(number)
                    return nil
                }
                return state.waiters.remove(at: index).continuation
            }
            continuation?.resume()
        }
    }
}
