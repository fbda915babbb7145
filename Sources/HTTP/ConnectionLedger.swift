internal import Platform

/// How many connections each event loop of a server has.
final class ConnectionLedger: Sendable {
    private struct State {
        var counts: [Int]
        var total = 0
        var isExpired = false
        var waiter: CheckedContinuation<Void, Never>?

        mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            defer { waiter = nil }
            return waiter
        }
    }

    private let state: Locked<State>

    init(loops: Int) { state = Locked(State(counts: [Int](repeating: 0, count: loops))) }

    /// Counts a connection in; which loop it belongs on, the one with the fewest, and how many there are now.
    func open() -> (loop: Int, total: Int) {
        state.withLock { state in
            let loop = state.counts.indices.min { state.counts[$0] < state.counts[$1] } ?? 0
            state.counts[loop] += 1
            state.total += 1
            return (loop, state.total)
        }
    }

    /// How many connections there are.
    var total: Int { state.withLock { $0.total } }

    /// Counts a connection out.
    func close(loop: Int) {
        let waiter = state.withLock { state in
            state.counts[loop] -= 1
            state.total -= 1
            return state.total == 0 ? state.takeWaiter() : nil
        }
        waiter?.resume()
    }

    /// Lets `untilEmpty` return although there are connections.
    func expire() {
        let waiter = state.withLock { state in
            state.isExpired = true
            return state.takeWaiter()
        }
        waiter?.resume()
    }

    /// Suspends until there is no connection, or `expire` was called.
    func untilEmpty() async {
        await withCheckedContinuation { continuation in
            let mayGo = state.withLock { state in
                if state.total == 0 || state.isExpired { return true }
                state.waiter = continuation
                return false
            }
            if mayGo { continuation.resume() }
        }
    }
}
