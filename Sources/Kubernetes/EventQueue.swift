import Platform

/// The Events that wait for a server that takes them; no suspension, no clock.
struct EventQueue {
    /// How many wait; the oldest gives way, as client-go's buffer of 1,000 gives up the newest.
    static let limit = 1_000
    /// How long they wait: an hour, after which the server would forget them too.
    static let patience: Duration = .seconds(3_600)

    private var entries: [ObjectKey: EventEntry] = [:]
    /// Whose turn it is.
    private var order: [ObjectKey] = []

    /// How many wait.
    var count: Int { order.count }

    /// Adds `entry`, or what it says more to one about the same Event; returns what had to give way.
    mutating func add(_ entry: EventEntry) -> EventEntry? {
        if let waiting = entries[entry.key] {
            entries[entry.key] = waiting.merged(with: entry)
            return nil
        }
        entries[entry.key] = entry
        order.append(entry.key)
        return order.count > Self.limit ? next() : nil
    }

    /// Takes out the one whose turn it is; nil when none waits.
    mutating func next() -> EventEntry? {
        guard !order.isEmpty else { return nil }
        return entries.removeValue(forKey: order.removeFirst())
    }
}

extension EventEntry {
    /// Whether it has waited too long.
    func isExpired(at now: Timestamp) -> Bool { now - last > EventQueue.patience }
}
