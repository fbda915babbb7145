/// A duration as Go's `time.ParseDuration` reads and `Duration.String` writes it: `30s`, `1m30s`, `1.5h`, `250ms`.
///
/// Flagger's `interval` and `timeout` fields and Contour's timeouts are written so.
package struct GoDuration: Hashable, Sendable {
    /// The same length of time.
    package let duration: Duration

    /// Wraps a length of time.
    package init(_ duration: Duration) { self.duration = duration }

    /// Parses Go's form; nil when it is none, or out of the range of 64-bit nanoseconds.
    ///
    /// An optional sign, then one or more numbers each with a unit of `ns`, `us`, `µs`, `ms`, `s`, `m` or `h`, or a
    /// lone `0`.
    package init?(_ text: String) {
        var rest = Substring(text)
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        if rest == "0" {
            self.init(.zero)
            return
        }
        guard !rest.isEmpty else { return nil }
        var total = 0.0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
            rest = rest.dropFirst(unit.count)
            guard let value = Self.decimal(number), let scale = Self.nanoseconds[String(unit)] else { return nil }
            total += value * scale
        }
        guard total < 9.2e18 else { return nil }
        self.init(.nanoseconds(Int64(isNegative ? -total : total)))
    }

    /// Go's form: `1m30s`, `500ms`, `0s`.
    package var text: String {
        let (seconds, attoseconds) = duration.components
        var nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        if nanoseconds == 0 { return "0s" }
        let sign = nanoseconds < 0 ? "-" : ""
        nanoseconds = abs(nanoseconds)
        for (unit, scale) in [("ns", 1), ("µs", 1_000), ("ms", 1_000_000)] as [(String, Int64)]
        where nanoseconds < scale * 1_000 && nanoseconds < 1_000_000_000 {
            return sign + Self.fractional(nanoseconds, scale) + unit
        }
        let hours = nanoseconds / 3_600_000_000_000
        let minutes = nanoseconds / 60_000_000_000 % 60
        let rest = Self.fractional(nanoseconds % 60_000_000_000, 1_000_000_000) + "s"
        if hours > 0 { return "\(sign)\(hours)h\(minutes)m\(rest)" }
        return minutes > 0 ? "\(sign)\(minutes)m\(rest)" : sign + rest
    }

    private static let nanoseconds: [String: Double] = [
        "ns": 1, "us": 1e3, "\u{b5}s": 1e3, "\u{3bc}s": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3_600e9,
    ]

    /// Digits with at most one point and at least one digit.
    private static func decimal(_ text: Substring) -> Double? {
        guard text.contains(where: { $0 != "." }), text.count(where: { $0 == "." }) <= 1 else { return nil }
        return Double("0" + text + "0".prefix(text.last == "." ? 1 : 0))
    }

    private static func fractional(_ nanoseconds: Int64, _ scale: Int64) -> String {
        let fraction = nanoseconds % scale
        guard fraction != 0 else { return String(nanoseconds / scale) }
        var digits = String(fraction)
        digits = String(repeating: "0", count: String(scale).count - 1 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return "\(nanoseconds / scale).\(digits)"
    }
}
