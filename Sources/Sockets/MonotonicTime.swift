internal import Glibc

/// An instant of `CLOCK_MONOTONIC`, which deadlines of network calls are measured with: real time, never set back.
package struct MonotonicTime: Hashable, Comparable, Sendable {
    /// Nanoseconds since the machine started; `UInt64.max` never comes.
    package let nanoseconds: UInt64

    /// An instant that never comes: no deadline.
    package static let never = MonotonicTime(nanoseconds: .max)

    /// The instant it is now.
    package static var now: MonotonicTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    /// Earlier before later.
    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The instant `duration` after `time`; a negative duration counts as zero, one out of range as never.
    package static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return time }
        let (scaled, overflows) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, exceeds) = time.nanoseconds.addingReportingOverflow(scaled)
        let (whole, passes) = sum.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
        return overflows || exceeds || passes ? .never : MonotonicTime(nanoseconds: whole)
    }

    /// The time from `earlier` to `later`; zero when `later` is not later.
    package static func - (later: MonotonicTime, earlier: MonotonicTime) -> Duration {
        later > earlier ? .nanoseconds(Int64(clamping: later.nanoseconds - earlier.nanoseconds)) : .zero
    }
}
