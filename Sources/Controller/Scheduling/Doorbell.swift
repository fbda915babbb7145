import Platform

/// Wakes one who waits; a ring that nobody hears is kept for the next who comes.
final class Doorbell: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Locked(State())

    /// Wakes who waits.
    func ring() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isRung = true }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Suspends until it rings or the task is cancelled; to be called by one at a time.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    defer { state.isRung = false }
                    if !state.isRung { state.waiter = continuation }
                    return state.isRung
                }
                if isRung { return continuation.resume() }
                // Cancelled before the line above: the handler found nobody.
                if Task.isCancelled { giveUp() }
            }
        } onCancel: {
            giveUp()
        }
    }

    /// Suspends until it rings, `duration` has passed on `clock`, or the task is cancelled.
    func wait(atMost duration: Duration, on clock: any WallClock) async {
        guard duration > .zero else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await clock.sleep(for: duration) } catch {
                    // Cancelled: it rang first.
                    return
                }
            }
            group.addTask { await self.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    private func giveUp() {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
