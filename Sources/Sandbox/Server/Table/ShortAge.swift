import Platform

/// How long ago something was, as the API server writes it in tables: `45s`, `5m3s`, `3h`, `2d4h`.
///
/// Source: apimachinery `duration.HumanDuration`.
enum ShortAge {
    /// The time from `timestamp`, an RFC 3339 text, to `now`; `<unknown>` without one.
    static func text(since timestamp: String?, now: Timestamp) -> String {
        guard let timestamp, !timestamp.isEmpty else { return "<unknown>" }
        guard let start = Timestamp(rfc3339: timestamp) else { return "<invalid>" }
        return text(now - start)
    }

    /// A duration in at most two units.
    static func text(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        guard seconds >= -1 else { return "<invalid>" }
        let minutes = seconds / 60
        let hours = minutes / 60
        let days = hours / 24
        switch true {
        case seconds < 0: return "0s"
        case seconds < 120: return "\(seconds)s"
        case minutes < 10: return pair(minutes, "m", seconds % 60, "s")
        case minutes < 180: return "\(minutes)m"
        case hours < 8: return pair(hours, "h", minutes % 60, "m")
        case hours < 48: return "\(hours)h"
        case hours < 192: return pair(days, "d", hours % 24, "h")
        case days < 730: return "\(days)d"
        case days < 2_920: return pair(days / 365, "y", days % 365, "d")
        default: return "\(days / 365)y"
        }
    }

    private static func pair(_ first: Int64, _ unit: String, _ rest: Int64, _ lower: String) -> String {
        rest == 0 ? "\(first)\(unit)" : "\(first)\(unit)\(rest)\(lower)"
    }
}
