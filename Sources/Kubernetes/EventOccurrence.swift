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
    /// What stands before the message of an Event that tells of many, as client-go writes it.
    static let combinedMark = "(combined from similar events): "

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

    /// The same for every version of the object.
    var identity: EventOccurrence {
        var subject = subject
        subject["resourceVersion"] = nil
        return EventOccurrence(subject: subject, kind: kind, reason: reason, message: message)
    }

    /// The occurrence as the last one of many like it.
    var combined: EventOccurrence { with(message: Self.combinedMark + message) }

    /// The same for all that differ by their message alone.
    var similar: EventOccurrence { with(message: Self.combinedMark) }

    private func with(message: String) -> EventOccurrence {
        EventOccurrence(subject: subject, kind: kind, reason: reason, message: message)
    }
}
