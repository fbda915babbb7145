import JSON
import Kubernetes
import Platform

/// Which Canaries there are and when each is looked at: shared by the loop's tasks and by who tells it of changes.
final class Schedule: Sendable {
    private struct State {
        var roster = CanaryRoster()
        /// Nil while the loop does not run.
        var queue: WorkQueue?
    }

    private let state = Locked(State())
    /// Rings when there may be something to do sooner than it was.
    let bell = Doorbell()

    /// What there is at `now`.
    func figures(at now: Timestamp) -> LoopFigures {
        state.withLock { state in
            var figures = LoopFigures()
            figures.canaries = state.roster.count
            guard let queue = state.queue else { return figures }
            figures.running = queue.running
            figures.outside = queue.outside
            figures.waiting = queue.count - queue.running
            figures.overdue = queue.overdue(at: now)
            return figures
        }
    }

    /// Begins with a queue for so many workers.
    ///
    /// Those on whose way a revision is are due at `now`; those at rest after that, each a little later than the one
    /// before.
    func begin(workers: Int, at now: Timestamp, spread: Duration) {
        state.withLock { state in
            var queue = WorkQueue(workers: workers)
            let (active, resting) = state.roster.keys
            for key in active { queue.add(key, due: now) }
            for (place, key) in resting.enumerated() { queue.add(key, due: now + spread * place) }
            state.queue = queue
        }
    }

    /// Ends: there is nothing to do until it begins again.
    func end() { state.withLock { $0.queue = nil } }

    /// What there is to do at `now`.
    func next(at now: Timestamp) -> WorkQueue.Next {
        state.withLock { state in state.queue?.next(at: now) ?? .nothing }
    }

    /// Takes in that a round has ended.
    func finish(_ key: ObjectKey, _ requeue: Requeue, at now: Timestamp) {
        state.withLock { $0.queue?.finish(key, requeue, at: now) }
        bell.ring()
    }

    /// Takes in that the round of `key` waits for somebody outside, or no longer does.
    func setOutside(_ isOutside: Bool, _ key: ObjectKey) {
        state.withLock { $0.queue?.setOutside(isOutside, key) }
        if isOutside { bell.ring() }
    }

    /// Why the Canary at `key` must be left alone; nil when it need not be.
    func refusal(of key: ObjectKey) -> String? { state.withLock { $0.roster.refusal(of: key) } }

    /// Takes in `canary` as it is now; it is due at `now` unless that `isNews` to nobody.
    func set(_ canary: JSONValue, isNews: Bool, at now: Timestamp) {
        state.withLock { state in
            let others = state.roster.set(canary)
            state.queue?.add(canary.key, due: now)
            for key in isNews ? others + [canary.key] : others { state.queue?.wake(key, at: now) }
        }
        bell.ring()
    }

    /// Takes in that the Canary at `key` is gone.
    func remove(_ key: ObjectKey, at now: Timestamp) {
        state.withLock { state in
            for other in state.roster.remove(key) { state.queue?.wake(other, at: now) }
            state.queue?.remove(key)
        }
        bell.ring()
    }

    /// Takes `canaries` for all that there are; those that are new are due at `now`.
    func replace(with canaries: [JSONValue], at now: Timestamp) {
        let hasChanged = state.withLock { state in
            let before = state.queue?.count
            let keys = Set(canaries.map(\.key))
            var concerned: [ObjectKey] = []
            for key in state.roster.missing(from: keys) {
                concerned += state.roster.remove(key)
                state.queue?.remove(key)
            }
            for canary in canaries {
                concerned += state.roster.set(canary)
                state.queue?.add(canary.key, due: now)
            }
            for key in concerned { state.queue?.wake(key, at: now) }
            return before != state.queue?.count || !concerned.isEmpty
        }
        if hasChanged { bell.ring() }
    }

    /// Wakes whom a change of `object` concerns.
    func wake(concernedBy object: JSONValue, at now: Timestamp) {
        let isSomebody = state.withLock { state in
            let keys = state.roster.canaries(of: object)
            for key in keys { state.queue?.wake(key, at: now) }
            return !keys.isEmpty
        }
        if isSomebody { bell.ring() }
    }

    /// Wakes those of the Canaries in `namespace`, or everywhere when that is nil, that `isConcerned` selects.
    func wake(in namespace: String?, at now: Timestamp, where isConcerned: (ObjectKey) -> Bool) {
        let keys = state.withLock { state in
            guard let namespace else { return state.roster.keys.active + state.roster.keys.resting }
            return Array(state.roster.canaries(in: namespace))
        }
        let concerned = keys.filter(isConcerned)
        guard !concerned.isEmpty else { return }
        state.withLock { state in for key in concerned { state.queue?.wake(key, at: now) } }
        bell.ring()
    }
}
