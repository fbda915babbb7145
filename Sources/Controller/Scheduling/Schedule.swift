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
        wake(at: now) { $0.canaries(of: object) }
    }

    /// Wakes those whose targets read `config`.
    func wake(readersOf config: CanaryRoster.Config, at now: Timestamp) {
        wake(at: now) { $0.readers(of: config) }
    }

    /// Wakes those that `isConcerned` selects.
    func wake(at now: Timestamp, where isConcerned: (ObjectKey) -> Bool) {
        let (active, resting) = state.withLock { $0.roster.keys }
        let concerned = Set((active + resting).filter(isConcerned))
        wake(at: now) { _ in concerned }
    }

    private func wake(at now: Timestamp, _ concerned: (CanaryRoster) -> Set<ObjectKey>) {
        let isSomebody = state.withLock { state in
            // While it does not run there is nothing to wake: all are looked at when it begins.
            guard state.queue != nil else { return false }
            let keys = concerned(state.roster)
            for key in keys { state.queue?.wake(key, at: now) }
            return !keys.isEmpty
        }
        if isSomebody { bell.ring() }
    }

    /// What the Canary at `key` names as its target; nil for a stranger.
    func target(of key: ObjectKey) -> TargetClaims.Target? { state.withLock { $0.roster.target(of: key) } }

    /// The Canaries whose target is `workload`, of the kind `kind`.
    func canaries(withTarget workload: JSONValue, kind: String) -> [ObjectKey] {
        state.withLock { state in
            state.roster.canaries(of: workload)
                .filter { key in
                    guard let target = state.roster.target(of: key) else { return false }
                    return target.kind == kind && target.name == workload.name
                }
        }
    }

    /// Takes in that the target of the Canary at `key` reads `configs`.
    func setReads(of key: ObjectKey, _ configs: Set<CanaryRoster.Config>) {
        state.withLock { $0.roster.setReads(of: key, configs) }
    }
}
