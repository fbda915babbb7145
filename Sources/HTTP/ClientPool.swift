internal import Platform
internal import Sockets

/// A client's connections: how many there are, which are idle (the latest used first), and who waits for one.
final class ClientPool: Sendable {
    private struct Entry {
        let connection: ClientConnection
        let expiry: MonotonicTime
    }

    // Whoever waits finds nothing idle and no place free, and whatever becomes so goes to the first of them.
    private struct State {
        var idle: [Entry] = []
        /// Places taken: connections in use, idle, and being made.
        var taken = 0
        var waiting: [ClientWaiter] = []
        var isTimerSet = false
    }

    /// What the state has for a call.
    private enum Step {
        case check(Entry)
        case drop(Entry)
        case open
        case wait
        case full
    }

    private let limits: ClientLimits
    private let state = Locked(State())

    init(_ limits: ClientLimits) { self.limits = limits }

    /// How the connections are used now.
    var usage: ClientUsage {
        state.withLock { ClientUsage(connections: $0.taken, idle: $0.idle.count, waiting: $0.waiting.count) }
    }

    /// A turn for a call to `peer`: at once where a connection is idle or a place is free, else in the order of the
    /// calls; `isNew` passes idle ones over.
    ///
    /// - Throws: `HTTPError` when the call's deadline passes or too many wait, and when the task is cancelled.
    func turn(isNew: Bool, peer: String, loops: EventLoopGroup, until call: ClientDeadline) async throws -> ClientTurn {
        if let turn = try turnAtHand(isNew: isNew, peer: peer) { return turn }
        let loop = loops.next
        return try await withTaskExecutorPreference(loop) {
            try await self.wait(isNew: isNew, peer: peer, on: loop, until: call)
        }
    }

    /// A turn that needs no waiting; nil when there is none, and then `waiter` waits for one if there is a waiter.
    private func turnAtHand(isNew: Bool, peer: String, or waiter: ClientWaiter? = nil) throws -> ClientTurn? {
        while true {
            // What is dropped is closed at the end of the round, outside the lock; its place is free after that.
            switch state.withLock({ step(&$0, isNew: isNew, waiter) }) {
            case .check(let entry):
                if entry.expiry > .now, entry.connection.isReusable { return .reuse(entry.connection) }
            case .drop: continue
            case .open: return .open(ClientSlot(self))
            case .wait: return nil
            case .full:
                throw HTTPError(
                    code: .unreachable,
                    operation: "connect to \(peer)",
                    reason: "\(limits.waiting) calls wait for one of \(limits.connections) connections, expected fewer"
                )
            }
        }
    }

    private func step(_ state: inout State, isNew: Bool, _ waiter: ClientWaiter?) -> Step {
        if !isNew, let entry = state.idle.popLast() { return .check(entry) }
        if state.taken < limits.connections {
            state.taken += 1
            return .open
        }
        if !state.idle.isEmpty { return .drop(state.idle.removeFirst()) }
        guard let waiter else { return .wait }
        guard state.waiting.count < limits.waiting else { return .full }
        state.waiting.append(waiter)
        return .wait
    }

    @concurrent
    private func wait(
        isNew: Bool,
        peer: String,
        on loop: EventLoop,
        until call: ClientDeadline
    ) async throws -> ClientTurn {
        let waiter = ClientWaiter()
        guard loop.isCurrent else { throw Self.cancelled(peer) }
        if let turn = try turnAtHand(isNew: isNew, peer: peer, or: waiter) { return turn }
        let timer = loop.schedule(at: call.time) { waiter.give(.now >= call.time ? .timedOut : .cancelled) }
        let outcome = await withTaskCancellationHandler {
            await waiter.value()
        } onCancel: {
            waiter.give(.cancelled)
        }
        loop.unschedule(timer)
        switch outcome {
        case .reuse(let connection): return .reuse(connection)
        case .open: return .open(ClientSlot(self))
        case .timedOut:
            forget(waiter)
            throw call.failure("connect to \(peer)", "all \(limits.connections) connections are in use")
        case .cancelled:
            forget(waiter)
            throw Self.cancelled(peer)
        }
    }

    private static func cancelled(_ peer: String) -> HTTPError {
        HTTPError(code: .closed, operation: "connect to \(peer)", reason: "cancelled")
    }

    private func forget(_ waiter: ClientWaiter) {
        state.withLock { $0.waiting.removeAll { $0 === waiter } }
    }

    /// Hands on the place of a connection that has gone.
    func free() {
        while let waiter = state.withLock({ state -> ClientWaiter? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.taken -= 1
            return nil
        }) {
            if waiter.give(.open) { return }
        }
    }

    // MARK: Idle connections

    /// Hands on a connection whose exchange has ended, or keeps it; drops the oldest when there are too many.
    ///
    /// To be called on the connection's loop.
    func put(_ connection: ClientConnection) {
        let entry = Entry(connection: connection, expiry: .now + limits.idleLifetime)
        while let waiter = state.withLock({ $0.waiting.isEmpty ? keep(entry, in: &$0) : $0.waiting.removeFirst() }) {
            if waiter.give(.reuse(connection)) { return }
        }
        setTimerIfNone(on: connection.loop, at: entry.expiry)
    }

    private func keep(_ entry: Entry, in state: inout State) -> ClientWaiter? {
        state.idle.append(entry)
        return nil
    }

    /// Closes what is too much, and looks again when the first has been idle for too long.
    private func setTimerIfNone(on loop: EventLoop, at time: MonotonicTime) {
        let (dropped, mustSetTimer) = state.withLock { state -> (Entry?, Bool) in
            defer { state.isTimerSet = true }
            return (state.idle.count > limits.idle ? state.idle.removeFirst() : nil, !state.isTimerSet)
        }
        // Closed here, outside the lock.
        _ = consume dropped
        if mustSetTimer { setTimer(on: loop, at: time) }
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
            defer {
                state.idle = []
                state.isTimerSet = false
            }
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
