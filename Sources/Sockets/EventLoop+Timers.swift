extension EventLoop {
    /// Suspends the task until `deadline`; earlier with `cancelled` when it is cancelled or the loop ends.
    ///
    /// To be called on the loop only.
    package func sleep(until deadline: MonotonicTime) async -> WaitOutcome {
        guard isCurrent else { return .cancelled }
        let number = nextNumber()
        return await withTaskCancellationHandler {
            await unsafe withUnsafeContinuation { continuation in
                schedule(number, at: deadline) {
                    unsafe continuation.resume(returning: MonotonicTime.now >= deadline ? .timedOut : .cancelled)
                }
            }
        } onCancel: {
            submit { self.calls.removeValue(forKey: number)?() }
        }
    }

    /// Makes `call` on the loop at `deadline`, or when the loop ends; give the number to `unschedule` to prevent it.
    ///
    /// To be called on the loop only.
    package func schedule(at deadline: MonotonicTime, _ call: @escaping @Sendable () -> Void) -> UInt64 {
        let number = nextNumber()
        schedule(number, at: deadline, call)
        return number
    }

    /// Forgets a call; from any thread.
    package func unschedule(_ number: UInt64) {
        submit { self.calls[number] = nil }
    }

    func fireTimers(at now: MonotonicTime) {
        for _ in 0..<Self.timersPerTurn {
            guard let entry = timers.popDue(at: now) else { return }
            switch entry.kind {
            case .deadlines(let socket): checkDeadlines(of: socket, reminder: entry.due, at: now)
            case .call(let number): calls.removeValue(forKey: number)?()
            }
        }
    }

    func nextNumber() -> UInt64 {
        numbers += 1
        return numbers
    }

    private func schedule(_ number: UInt64, at deadline: MonotonicTime, _ call: @escaping @Sendable () -> Void) {
        calls[number] = call
        if deadline < .never { timers.insert(TimerHeap.Entry(due: deadline, kind: .call(number))) }
    }
}
