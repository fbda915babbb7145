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

    func runTurnCalls() {
        guard !turnCalls.isEmpty else { return }
        let calls = turnCalls
        turnCalls = []
        for call in calls { call() }
    }
}
