extension EventLoop {
    /// Makes `call` once sockets and timers have been looked at again.
    ///
    /// To be called on the loop only.
    package func onNextTurn(_ call: @escaping () -> Void) {
        precondition(isCurrent, "a loop's turns are its thread's")
        turnCalls.append(call)
    }

    /// Suspends the task until sockets and timers have been looked at again: others get their turn, which
    /// `Task.yield()` does not promise to those who wait for the network.
    ///
    /// On any other thread it returns at once.
    package func turn() async {
        guard isCurrent else { return }
        await unsafe withUnsafeContinuation { continuation in
            turnCalls.append { unsafe continuation.resume() }
        }
    }

    /// How long after a look at the sockets a task may still be held up for others, and may itself go on without a pause:
    /// ten handlers' time.
    private static let patience = Duration.microseconds(500)

    /// Suspends the task as `turn` does, if the sockets were looked at too long ago; else, and on any other thread, it
    /// returns at once.
    ///
    /// For who has more to do and need not wait for it: it would have the loop for itself otherwise.
    package func turnIfDue() async {
        guard isCurrent, MonotonicTime.now >= turnStart + Self.patience else { return }
        await turn()
    }

    /// Suspends the task until the others of this round have run; returns at once where it is alone, or where the sockets
    /// were looked at too long before `now`.
    ///
    /// Tasks that have the same to do next and call this before it do it one after another, while its code is in the
    /// nearest caches: a handler between a read from the system and a write to it finds them full of other things.
    package func letOthersGoFirst(at now: MonotonicTime) async {
        guard isCurrent, unsafe remaining > 0 || !passed.isEmpty, now < turnStart + Self.patience else { return }
        await unsafe withUnsafeContinuation { continuation in unsafe passed.append(continuation) }
    }

    func resumePassed() {
        guard unsafe !passed.isEmpty else { return }
        for index in unsafe passed.indices { unsafe passed[index].resume() }
        unsafe passed.removeAll(keepingCapacity: true)
    }

    func runTurnCalls() {
        guard !turnCalls.isEmpty else { return }
        let calls = turnCalls
        turnCalls = []
        for call in calls { call() }
    }
}
