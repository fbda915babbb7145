import JSON
import Platform

/// What happened to an object.
struct EventOccurrence: Hashable, Sendable {
    /// The object's reference.
    let subject: JSONValue
    let kind: String
    let reason: String
    let message: String

    /// The longest reason and message in bytes: what events.k8s.io/v1, which shows the same objects, allows.
    static let reasonLimit = 128
    static let messageLimit = 1_024

    /// What happened; reason and message are cut to their limits.
    init(subject: JSONValue, kind: String, reason: String, message: String) {
        self.subject = subject
        self.kind = kind
        self.reason = Self.cut(reason, to: Self.reasonLimit)
        self.message = Self.cut(message, to: Self.messageLimit)
    }

    /// `text` in at most `limit` bytes, between two characters, with `…` for the rest.
    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit - "…".utf8.count)
        while end.samePosition(in: text) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + "…"
    }

    /// The Event that tells it the first time.
    func event(_ key: ObjectKey, component: String, at now: Timestamp) -> JSONValue {
        [
            "apiVersion": "v1",
            "kind": "Event",
            "metadata": ["name": .string(key.name), "namespace": .string(key.namespace ?? "default")],
            "involvedObject": subject,
            "reason": .string(reason),
            "message": .string(message),
            "type": .string(kind),
            "source": ["component": .string(component)],
            "firstTimestamp": .string(now.rfc3339),
            "lastTimestamp": .string(now.rfc3339),
            "count": 1,
        ]
    }

    /// The same for every version of the object.
    fileprivate var identity: EventOccurrence {
        var subject = subject
        subject["resourceVersion"] = nil
        return EventOccurrence(subject: subject, kind: kind, reason: reason, message: message)
    }
}

/// Which Events were written lately, to count them up instead of writing them again.
struct EventMemory {
    /// An Event that was written.
    struct Written: Sendable {
        let key: ObjectKey
        var count: Int
        var last: Timestamp
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
        written[occurrence.identity] = Written(key: key, count: 1, last: now)
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
