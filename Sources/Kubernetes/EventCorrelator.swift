import Platform

/// Decides what is written of what happens; no suspension, no clock.
///
/// What was told within ten minutes is counted up. What an object's budget does not pay for is combined into one Event
/// of its kind and reason, whose last message and count are written once a minute.
struct EventCorrelator {
    private var memory = EventMemory()
    private var budget = EventBudget()

    /// What to write of `occurrence`; nil to write nothing now.
    ///
    /// What is held back is counted all the same: the next that is written tells the whole number.
    mutating func entry(for occurrence: EventOccurrence, at now: Timestamp) -> EventEntry? {
        let isPaid = budget.pay(for: occurrence, at: now)
        if let known = memory.countUp(occurrence, at: now) {
            return isPaid ? entry(known, of: occurrence) : nil
        }
        return isPaid ? new(occurrence, as: occurrence, at: now) : combined(occurrence, at: now)
    }

    /// The entry for an Event that the server has forgotten, or whose name was taken.
    mutating func renewed(_ entry: EventEntry, at now: Timestamp) -> EventEntry {
        let isCombined = entry.occurrence.message.hasPrefix(EventOccurrence.combinedMark)
        let identity = isCombined ? entry.occurrence.similar : entry.occurrence
        guard entry.isNew else { return new(entry.occurrence, as: identity, at: now) }
        let key = memory.newKey(for: entry.occurrence, at: now)
        memory.remember(identity, key, at: now)
        return entry.renamed(key)
    }

    private mutating func combined(_ occurrence: EventOccurrence, at now: Timestamp) -> EventEntry? {
        guard let known = memory.countUp(occurrence.similar, at: now) else {
            return new(occurrence.combined, as: occurrence.similar, at: now)
        }
        guard now - known.told >= EventBudget.refill else { return nil }
        memory.tell(occurrence.similar, at: now)
        return entry(known, of: occurrence.combined)
    }

    private mutating func new(
        _ occurrence: EventOccurrence,
        as identity: EventOccurrence,
        at now: Timestamp
    ) -> EventEntry {
        let key = memory.newKey(for: occurrence, at: now)
        memory.remember(identity, key, at: now)
        return EventEntry(key: key, occurrence: occurrence, isNew: true, count: 1, first: now, last: now)
    }

    private func entry(_ known: EventMemory.Written, of occurrence: EventOccurrence) -> EventEntry {
        EventEntry(
            key: known.key,
            occurrence: occurrence,
            isNew: false,
            count: known.count,
            first: known.first,
            last: known.last
        )
    }
}
