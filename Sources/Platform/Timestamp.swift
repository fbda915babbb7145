/// An instant in UTC, as Kubernetes writes it: whole seconds since 1970 and the nanoseconds within the second.
///
/// Source: RFC 3339; Kubernetes `metav1.Time` (seconds) and `metav1.MicroTime` (exactly six fraction digits).
package struct Timestamp: Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z; negative before it.
    package let seconds: Int64
    /// 0 ..< 1,000,000,000, counted forward from `seconds`.
    package let nanoseconds: Int32

    /// The instant `seconds` and `nanoseconds` after 1970-01-01T00:00:00Z; nanoseconds past a second carry over.
    package init(seconds: Int64, nanoseconds: Int64 = 0) {
        let carry = nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : -((999_999_999 - nanoseconds) / 1_000_000_000)
        self.seconds = seconds + carry
        self.nanoseconds = Int32(nanoseconds - carry * 1_000_000_000)
    }

    /// Parses RFC 3339 (`2026-11-25T04:05:09Z`, a fraction of 1 to 9 digits, an offset); nil when it is none.
    package init?(rfc3339 text: some StringProtocol) {
        var scanner = TimestampScanner(text)
        guard let instant = scanner.scan() else { return nil }
        self = instant
    }

    /// `2026-11-25T04:05:09Z`: the form of `metav1.Time`.
    package var rfc3339: String { text(fraction: nil) }

    /// `2026-11-25T04:05:09.123456Z`: the form of `metav1.MicroTime`, always six digits.
    package var rfc3339Micro: String { text(fraction: Int64(nanoseconds / 1_000)) }

    private func text(fraction: Int64?) -> String {
        let days = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
        let second = seconds - days * 86_400
        let date = CivilDate(daysSinceEpoch: days)
        // A year has 12 digits at most, and a sign.
        let text = [UInt8](capacity: 40) { output in
            if date.year < 0 { output.append(UInt8(ascii: "-")) }
            Self.append(date.year.magnitude, digits: 4, after: nil, to: &output)
            Self.append(date.month.magnitude, after: "-", to: &output)
            Self.append(date.day.magnitude, after: "-", to: &output)
            Self.append((second / 3_600).magnitude, after: "T", to: &output)
            Self.append((second / 60 % 60).magnitude, after: ":", to: &output)
            Self.append((second % 60).magnitude, after: ":", to: &output)
            if let fraction { Self.append(fraction.magnitude, digits: 6, after: ".", to: &output) }
            output.append(UInt8(ascii: "Z"))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends `mark` and `number`, in so many digits at least.
    private static func append(
        _ number: UInt64,
        digits: Int = 2,
        after mark: Unicode.Scalar?,
        to output: inout OutputSpan<UInt8>
    ) {
        if let mark { output.append(UInt8(ascii: mark)) }
        var unit: UInt64 = 1
        for _ in 1..<digits { unit *= 10 }
        while number / unit >= 10 { unit *= 10 }
        while unit > 0 {
            output.append(UInt8(truncatingIfNeeded: number / unit % 10) + 0x30)
            unit /= 10
        }
    }
}

extension Timestamp: Comparable {
    /// Earlier before later.
    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The instant `duration` later; earlier when it is negative.
    package static func + (instant: Timestamp, duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(
            seconds: instant.seconds + seconds,
            nanoseconds: Int64(instant.nanoseconds) + attoseconds / 1_000_000_000
        )
    }

    /// How much later `left` is than `right`; negative when it is earlier.
    package static func - (left: Timestamp, right: Timestamp) -> Duration {
        .seconds(left.seconds - right.seconds) + .nanoseconds(Int64(left.nanoseconds) - Int64(right.nanoseconds))
    }
}

/// A day of the proleptic Gregorian calendar.
package struct CivilDate {
    /// The year.
    package var year: Int64
    /// 1...12.
    package var month: Int64
    /// 1...31.
    package var day: Int64

    /// The day so many days after 1970-01-01, or before it.
    ///
    /// The days-from-civil algorithm run backwards: eras of 400 years that begin on 1 March.
    package init(daysSinceEpoch: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    init?(year: Int64, month: Int64, day: Int64) {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...lengths[Int(month) - 1]).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    var daysSinceEpoch: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

/// Reads one RFC 3339 timestamp and nothing after it.
private struct TimestampScanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    mutating func scan() -> Timestamp? {
        guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2),
            skip("T") || skip("t"), let hour = digits(2), skip(":"), let minute = digits(2), skip(":"),
            let second = digits(2), hour < 24, minute < 60, second < 61,
            let date = CivilDate(year: year, month: month, day: day), let nanoseconds = fraction(),
            let offset = offset(), index == bytes.count
        else { return nil }
        let inDay = hour * 3_600 + minute * 60 + second - offset
        return Timestamp(seconds: date.daysSinceEpoch * 86_400 + inDay, nanoseconds: nanoseconds)
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func digits(_ count: Int) -> Int64? {
        guard index + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[index..<index + count] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        index += count
        return value
    }

    private mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        var value: Int64 = 0
        var count = 0
        while let digit = digits(1) {
            count += 1
            if count <= 9 { value = value * 10 + digit }
        }
        guard count > 0 else { return nil }
        for _ in 0..<max(0, 9 - count) { value *= 10 }
        return value
    }

    /// The offset from UTC in seconds.
    private mutating func offset() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let sign: Int64 = skip("+") ? 1 : -1
        guard sign == 1 || skip("-"), let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24,
            minutes < 60
        else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
