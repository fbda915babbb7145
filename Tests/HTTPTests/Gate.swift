import Platform

/// Lets nobody through before `count` have come.
final class Gate: Sendable {
    private struct State {
        var missing: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Locked<State>

    init(count: Int = 1) { state = Locked(State(missing: count)) }

    /// Comes to the gate and waits for the others.
    func pass() async {
        open()
        await wait()
    }

    /// Comes to the gate.
    func open() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.missing -= 1
            guard state.missing <= 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until all have come.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if state.missing > 0 { state.waiting.append(continuation) }
                return state.missing <= 0
            }
            if isOpen { continuation.resume() }
        }
    }
}
