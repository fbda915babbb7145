package import Platform

/// The Date field's form of an instant (RFC 9110 section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let latest = Locked((seconds: Int64.min, text: ""))

    /// The text of this second, made once a second.
    static var now: String {
        let instant = SystemClock().now()
        return latest.withLock { latest in
            if latest.seconds != instant.seconds { latest = (instant.seconds, text(of: instant)) }
            return latest.text
        }
    }

    /// The text of `instant`, of which only whole seconds count.
    package static func text(of instant: Timestamp) -> String {
        // 1970-01-01 was a Thursday.
        let day = instant.seconds >= 0 ? instant.seconds / 86_400 : -((86_399 - instant.seconds) / 86_400)
        let parts = instant.rfc3339.split { "-T:Z".contains($0) }
        guard parts.count == 6, let month = Int(parts[1]) else {
            preconditionFailure("RFC 3339 has six numbers")
        }
        let weekday = days[Int((day % 7 + 7) % 7)]
        return "\(weekday), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }
}
