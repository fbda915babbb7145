import JSON
import Platform

/// One write of an Event: a new one, or a higher count of one that is there.
struct EventEntry: Hashable, Sendable {
    /// The Event.
    let key: ObjectKey
    /// What it tells.
    let occurrence: EventOccurrence
    /// Whether it is to be made.
    let isNew: Bool
    /// How often it happened.
    let count: Int
    /// When it happened first.
    let first: Timestamp
    /// When it happened last.
    let last: Timestamp
    /// Whether an attempt to make it may have succeeded without our having heard of it.
    var mayExist = false

    /// The Event to make, with the fields that client-go's recorder of core/v1 writes.
    ///
    /// `reportingComponent` is the name by which readers of `events.k8s.io/v1` find the source.
    func event(component: String) -> JSONValue {
        [
            "apiVersion": "v1",
            "kind": "Event",
            "metadata": ["name": .string(key.name), "namespace": .string(key.namespace ?? "default")],
            "involvedObject": occurrence.subject,
            "reason": .string(occurrence.reason),
            "message": .string(occurrence.message),
            "type": .string(occurrence.kind),
            "source": ["component": .string(component)],
            "reportingComponent": .string(component),
            "reportingInstance": "",
            "firstTimestamp": .string(first.rfc3339),
            "lastTimestamp": .string(last.rfc3339),
            "count": .number(JSONNumber(count)),
        ]
    }

    /// The change of the Event that is there.
    var changes: JSONValue {
        var changes: JSONValue = ["count": .number(JSONNumber(count)), "lastTimestamp": .string(last.rfc3339)]
        if occurrence.message.hasPrefix(EventOccurrence.combinedMark) {
            changes["message"] = .string(occurrence.message)
        }
        return changes
    }

    /// What says the same as both: the newer one, made where one of them makes it.
    func merged(with other: EventEntry) -> EventEntry {
        let newer = other.count >= count ? other : self
        var merged = EventEntry(
            key: key,
            occurrence: newer.occurrence,
            isNew: isNew || other.isNew,
            count: newer.count,
            first: min(first, other.first),
            last: max(last, other.last)
        )
        merged.mayExist = mayExist || other.mayExist
        return merged
    }

    /// The same Event under another name.
    func renamed(_ key: ObjectKey) -> EventEntry {
        EventEntry(key: key, occurrence: occurrence, isNew: true, count: count, first: first, last: last)
    }
}
