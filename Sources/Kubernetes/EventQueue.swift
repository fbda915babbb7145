import Platform

/// The Events that wait for a server that takes them; no suspension, no clock.
struct EventQueue {
    /// How many wait; the oldest gives way, as client-go's buffer of 1,000 gives up the newest.
    static let limit = 1_000
    /// How long they wait: an hour, after which the server would forget them too.
    static let patience: Duration = .seconds(3_600)

    private var entries: [EventEntry] = []

    /// How many wait.
    var count: Int { entries.count }

    /// Adds `entry`, or what it says more to one about the same Event; returns what had to give way.
    mutating func add(_ entry: EventEntry) -> EventEntry? {
        if let place = entries.firstIndex(where: { $0.key == entry.key }) {
            entries[place] = entries[place].merged(with: entry)
            return nil
        }
        entries.append(entry)
        return entries.count > Self.limit ? entries.removeFirst() : nil
    }

    /// Takes out the one whose turn it is; nil when none waits.
    mutating func next() -> EventEntry? { entries.isEmpty ? nil : entries.removeFirst() }

    /// Takes out those that have waited too long.
    mutating func expired(at now: Timestamp) -> [EventEntry] {
        let expired = entries.filter { now - $0.last > Self.patience }
        if !expired.isEmpty { entries.removeAll { now - $0.last > Self.patience } }
        return expired
    }
}
