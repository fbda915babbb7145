internal import Platform

/// A call that waits for a connection: it gets the first of several outcomes.
final class ClientWaiter: Sendable {
    /// How the wait ends.
    enum Outcome: Sendable {
        /// An idle connection.
        case reuse(ClientConnection)
        /// The place of a connection that has gone.
        case open
        case timedOut
        case cancelled
    }

    @safe
    private struct State {
        var outcome: Outcome?
        var hasEnded = false
        var continuation: UnsafeContinuation<Outcome, Never>?
    }

    private let state = Locked(State())

    /// Waits for the outcome, once.
    func value() async -> Outcome {
        await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Outcome, Never>) in
            let outcome = state.withLock { state -> Outcome? in
                if state.outcome == nil { unsafe state.continuation = continuation }
                defer { state.outcome = nil }
                return state.outcome
            }
            if let outcome { unsafe continuation.resume(returning: outcome) }
        }
    }

    /// Ends the wait; false when it has ended before.
    @discardableResult
    func give(_ outcome: Outcome) -> Bool {
        let (isFirst, continuation) = unsafe state.withLock { state -> (Bool, UnsafeContinuation<Outcome, Never>?) in
            guard !state.hasEnded else { return (false, nil) }
            state.hasEnded = true
            defer { unsafe state.continuation = nil }
            if unsafe state.continuation == nil { state.outcome = outcome }
            return unsafe (true, state.continuation)
        }
        unsafe continuation?.resume(returning: outcome)
        return isFirst
    }
}
