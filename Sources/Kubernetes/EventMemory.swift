import JSON
import Platform

/// Which Events were written lately, to count them up instead of writing them again.
struct EventMemory {
    /// An Event that was written.
    struct Written: Sendable {
        let key: ObjectKey
        let first: Timestamp
        var count: Int
        var last: Timestamp
        /// When its count was last written.
        var told: Timestamp
    }

    /// How long after its last time an Event is counted up, as in client-go's event correlator.
    static let window: Duration = .seconds(600)
    /// How many are remembered; the one not seen for longest goes.
    ///
    /// A thousand Canaries with a few messages each.
    static let limit = 4_096

    private var written: [EventOccurrence: Written] = [:]
    private var lastNumber: Int64 = 0

    /// Counts one more of `occurrence` if one was written within the window.
    mutating func countUp(_ occurrence: EventOccurrence, at now: Timestamp) -> Written? {
        guard var entry = written[occurrence.identity], now - entry.last <= Self.window else { return nil }
        entry.count += 1
        entry.last = now
        written[occurrence.identity] = entry
        return entry
    }

    /// Remembers that the Event `key` tells `occurrence`.
    mutating func remember(_ occurrence: EventOccurrence, _ key: ObjectKey, at now: Timestamp) {
        if written.count >= Self.limit, let oldest = written.min(by: { $0.value.last < $1.value.last }) {
            written[oldest.key] = nil
        }
        written[occurrence.identity] = Written(key: key, first: now, count: 1, last: now, told: now)
    }

    /// Remembers that the count of `occurrence` is written.
    mutating func tell(_ occurrence: EventOccurrence, at now: Timestamp) {
        written[occurrence.identity]?.told = now
    }

    /// A name that was not given before: `podinfo.17a3c5e2b1f00a00`, the nanoseconds since 1970 in hexadecimal.
    mutating func newKey(for occurrence: EventOccurrence, at now: Timestamp) -> ObjectKey {
        lastNumber = max(lastNumber + 1, now.seconds * 1_000_000_000 + Int64(now.nanoseconds))
        // A name has at most 253 characters, of which 17 are the point and the number.
        let name = (occurrence.subject["name"]?.string ?? "").prefix(236)
        return ObjectKey(
            namespace: occurrence.subject["namespace"]?.string ?? "default",
            name: "\(name).\(String(lastNumber, radix: 16))"
        )
    }
}
