internal import HeapModule
import Kubernetes
import Platform

/// When each Canary is looked at, in the order of time, and how many at once; no suspension, no clock.
///
/// A Canary is looked at by one worker at a time. What happens to it meanwhile is not forgotten: it is looked at again.
struct WorkQueue {
    /// What there is to do.
    enum Next: Hashable {
        /// Look at this one, which was due then.
        case look(ObjectKey, due: Timestamp)
        /// Nothing until then.
        case wait(until: Timestamp)
        /// Nothing until somebody is added, woken or done with.
        case nothing
    }

    /// A key's place in the order.
    private struct Item: Comparable {
        /// When it is due.
        let due: Timestamp
        /// Of two that are due together the lower one comes first.
        let turn: Int
        let key: ObjectKey

        static func < (left: Item, right: Item) -> Bool { (left.due, left.turn) < (right.due, right.turn) }
    }

    private struct Entry {
        /// Which of its items in the heap counts.
        var turn = 0
        /// When it is due; nil while it is looked at.
        var due: Timestamp?
        /// From when on it may be looked at again.
        var floor: Timestamp?
        var isRunning = false
        /// Whether its round waits for somebody outside.
        var isOutside = false
        /// Whether it was woken while it was looked at.
        var isWoken = false
        /// Whether it went while it was looked at.
        var isGone = false
        var credit = StepCredit()
    }

    /// How many rounds may work at once.
    let workers: Int
    /// How many may be under way in all, those among them that wait for a hook or a measurement: a connection and some
    /// kilobytes each.
    var roundLimit: Int { workers * 32 }
    private var entries: [ObjectKey: Entry] = [:]
    private var heap = Heap<Item>()
    private var lastTurn = 0
    /// How many rounds are under way.
    private(set) var running = 0
    /// How many of them wait for somebody outside.
    private(set) var outside = 0

    /// An empty queue for so many workers.
    init(workers: Int) { self.workers = max(1, workers) }

    /// How many keys there are.
    var count: Int { entries.count }

    /// How many wait although their time has come.
    func overdue(at now: Timestamp) -> Int { entries.values.count { $0.due.map { $0 <= now } ?? false } }

    /// Adds `key`, due at `due`, unless it is there.
    mutating func add(_ key: ObjectKey, due: Timestamp) {
        if entries[key] != nil {
            entries[key]?.isGone = false
            return
        }
        entries[key] = Entry()
        setDue(due, key)
    }

    /// Takes `key` out.
    mutating func remove(_ key: ObjectKey) {
        guard let entry = entries[key] else { return }
        if entry.isRunning { entries[key]?.isGone = true } else { entries[key] = nil }
    }

    /// Makes `key` due at `now`, or after the round that is under way; nothing for a key that is not here.
    mutating func wake(_ key: ObjectKey, at now: Timestamp) {
        guard let entry = entries[key] else { return }
        guard !entry.isRunning else {
            entries[key]?.isWoken = true
            return
        }
        if let due = entry.due, due > max(now, entry.floor ?? now) { setDue(now, key) }
    }

    /// What there is to do at `now`; a key that is handed out counts as running.
    mutating func next(at now: Timestamp) -> Next {
        while let first = heap.min {
            guard let entry = entries[first.key], entry.turn == first.turn, entry.due != nil else {
                heap.removeMin()
                continue
            }
            guard first.due <= now else { return .wait(until: first.due) }
            guard running - outside < workers, running < roundLimit else { return .nothing }
            heap.removeMin()
            entries[first.key]?.due = nil
            entries[first.key]?.isRunning = true
            running += 1
            return .look(first.key, due: first.due)
        }
        return .nothing
    }

    /// Takes in that the round of `key` waits for somebody outside, or no longer does.
    mutating func setOutside(_ isOutside: Bool, _ key: ObjectKey) {
        guard let entry = entries[key], entry.isRunning, entry.isOutside != isOutside else { return }
        entries[key]?.isOutside = isOutside
        outside += isOutside ? 1 : -1
    }

    /// Takes in that the round of `key` has ended at `now`, and when the next one is wanted.
    mutating func finish(_ key: ObjectKey, _ requeue: Requeue, at now: Timestamp) {
        guard var entry = entries[key], entry.isRunning else { return }
        setOutside(false, key)
        running -= 1
        let isWoken = entry.isWoken
        (entry.isRunning, entry.isOutside, entry.isWoken) = (false, false, false)
        if entry.floor.map({ $0 <= now }) ?? false { entry.floor = nil }
        var due = now
        switch requeue {
        case .gone where isWoken && !entry.isGone: break
        case .gone: entry.isGone = true
        case .again: entry.floor = entry.credit.spend(at: now)
        case .after(let pause): due = isWoken ? now : now + pause
        }
        guard !entry.isGone else {
            entries[key] = nil
            return
        }
        entries[key] = entry
        setDue(due, key)
    }

    private mutating func setDue(_ time: Timestamp, _ key: ObjectKey) {
        lastTurn += 1
        let due = max(time, entries[key]?.floor ?? time)
        entries[key]?.due = due
        entries[key]?.turn = lastTurn
        heap.insert(Item(due: due, turn: lastTurn, key: key))
        // Items that count no more stay until their time; there are not to be many.
        guard heap.count > 2 * entries.count + 64 else { return }
        heap.removeAll { [entries] in entries[$0.key]?.turn != $0.turn }
    }
}
