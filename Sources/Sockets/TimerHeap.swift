/// What is due when, earliest first: a binary heap.
struct TimerHeap {
    /// One entry.
    struct Entry {
        /// When it is due.
        let due: MonotonicTime
        /// What is due.
        let kind: Kind
    }

    /// What an entry reminds of.
    enum Kind: Equatable {
        /// To look at the deadlines of whoever waits for this socket.
        case deadlines(SocketHandle)
        /// To make the call with this number, if it was not cancelled.
        case call(UInt64)
    }

    private var entries: [Entry] = []

    /// The earliest due time.
    var next: MonotonicTime? { entries.first?.due }

    var count: Int { entries.count }

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var index = entries.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index].due < entries[parent].due else { return }
            entries.swapAt(index, parent)
            index = parent
        }
    }

    /// Takes the earliest entry if it is due at `now`.
    mutating func popDue(at now: MonotonicTime) -> Entry? {
        guard let first = entries.first, first.due <= now else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        sink()
        return first
    }

    private mutating func sink() {
        var index = 0
        while true {
            let left = 2 * index + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child = right < entries.count && entries[right].due < entries[left].due ? right : left
            guard entries[child].due < entries[index].due else { return }
            entries.swapAt(index, child)
            index = child
        }
    }
}
