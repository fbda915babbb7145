package import JSON
import Kubernetes
package import Platform

/// The annotations by which a change by hand of what the loop owns is let through.
package struct BreakGlass: Hashable, Sendable {
    /// Why.
    package static let annotation = "canarygate.dev/break-glass"
    /// Until when, RFC 3339; for ever without.
    package static let untilAnnotation = "canarygate.dev/break-glass-until"
    /// The longest reason that is kept.
    private static let reasonLimit = 250

    private let reason: String?
    private let until: String?

    /// What `carrier`, an object, has of them.
    package init(on carrier: JSONValue?) {
        reason = carrier?.annotation(Self.annotation)
        until = carrier?.annotation(Self.untilAnnotation)
    }

    /// What stands of them among `annotations`.
    package init(among annotations: JSONCursor?) {
        reason = annotations?[Self.annotation]?.string
        until = annotations?[Self.untilAnnotation]?.string
    }

    /// What they mean at one time.
    package enum State: Hashable, Sendable {
        /// There is no reason.
        case absent
        /// Its time is over; when it ended.
        case expired(String)
        /// Its end is no time.
        case malformed(String)
        /// It counts; why.
        case given(String)
    }

    /// What they mean at `now`.
    package func state(at now: Timestamp) -> State {
        guard let reason, reason.contains(where: { !$0.isWhitespace }) else { return .absent }
        guard let until else { return .given(OneLine.cut(reason, to: Self.reasonLimit)) }
        guard let end = Timestamp(rfc3339: until) else { return .malformed(OneLine.cut(until, to: 64)) }
        return now < end ? .given(OneLine.cut(reason, to: Self.reasonLimit)) : .expired(end.rfc3339)
    }

    /// The end as it is written, where that is no time; nil where it is one, or there is none.
    package var malformedEnd: String? {
        guard let until, Timestamp(rfc3339: until) == nil else { return nil }
        return OneLine.cut(until, to: 64)
    }

    /// What is wrong with an end that is no time.
    package static func complaint(about end: String) -> String {
        "\(untilAnnotation): \"\(end)\" is no time, expected RFC 3339 like 2026-11-25T05:00:00Z"
    }
}
