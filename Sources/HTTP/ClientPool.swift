internal import Platform
internal import Sockets

/// A client's idle connections, the latest used first.
final class ClientPool: Sendable {
    private struct Entry {
        let connection: ClientConnection
        let expiry: MonotonicTime
    }

    private struct State {
        var idle: [Entry] = []
        var isTimerSet = false
    }

    /// Idle connections kept: 16, more than a controller's parallel requests to one server.
    private static let capacity = 16
    /// How long one is kept: 90 s, as Go's clients do, below the 120 s after which our servers close.
    private static let lifetime = Duration.seconds(90)

    private let state = Locked(State())

    /// An idle connection that has not been closed by the other side; nil when there is none.
    func take() -> ClientConnection? {
        while let entry = state.withLock({ $0.idle.popLast() }) {
            if entry.expiry > .now, entry.connection.isReusable { return entry.connection }
        }
        return nil
    }

    /// Keeps a connection whose exchange has ended, or drops the oldest when there are too many.
    ///
    /// To be called on the connection's loop.
    func put(_ connection: ClientConnection) {
        let entry = Entry(connection: connection, expiry: .now + Self.lifetime)
        let (dropped, mustSetTimer) = state.withLock { state -> (Entry?, Bool) in
            state.idle.append(entry)
            let isFull = state.idle.count > Self.capacity
            defer { state.isTimerSet = true }
            return (isFull ? state.idle.removeFirst() : nil, !state.isTimerSet)
        }
        // Closed here, outside the lock.
        _ = consume dropped
        if mustSetTimer { setTimer(on: connection.loop, at: entry.expiry) }
    }

    private func setTimer(on loop: EventLoop, at time: MonotonicTime) {
        guard loop.isCurrent else { return state.withLock { $0.isTimerSet = false } }
        _ = loop.schedule(at: time) { [weak self, weak loop] in
            guard let self, let loop else { return }
            // A call before its time means that the loop ends, and another one would keep it from ending.
            guard .now >= time else { return self.dropAll() }
            if let next = self.dropExpired() { self.setTimer(on: loop, at: next) }
        }
    }

    /// Closes all idle connections.
    private func dropAll() {
        let dropped = state.withLock { state in
            defer { state = State() }
            return state.idle
        }
        _ = consume dropped
    }

    /// Closes what has been idle for too long; when to look again, nil when none is left.
    private func dropExpired() -> MonotonicTime? {
        let now = MonotonicTime.now
        let (expired, next) = state.withLock { state -> ([Entry], MonotonicTime?) in
            let expired = state.idle.filter { $0.expiry <= now }
            state.idle.removeAll { $0.expiry <= now }
            state.isTimerSet = !state.idle.isEmpty
            return (expired, state.idle.first?.expiry)
        }
        _ = consume expired
        return next
    }
}
