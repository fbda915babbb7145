import Platform

/// When to look at something again though nothing has changed.
struct WorkloadAlarms: Sendable {
    private var times: [WorkloadItem: Timestamp] = [:]
    /// The earliest of `times`; nil where it must be found anew, or there is none.
    private var first: Timestamp?

    /// The earliest of all.
    var earliest: Timestamp? {
        mutating get {
            if first == nil { first = times.values.min() }
            return first
        }
    }

    /// Sets the alarm of `item`, in place of the one that it has; nil for none.
    mutating func set(_ item: WorkloadItem, to time: Timestamp?) {
        let old = times[item]
        guard old != time else { return }
        times[item] = time
        if let old, old == first { first = nil }
        if let time, let known = first { first = min(known, time) }
    }

    /// Takes out those that are due at `now`.
    mutating func takeDue(at now: Timestamp) -> [WorkloadItem] {
        guard let earliest, earliest <= now else { return [] }
        let due = times.filter { $0.value <= now }.map(\.key)
        for item in due { set(item, to: nil) }
        return due
    }
}
