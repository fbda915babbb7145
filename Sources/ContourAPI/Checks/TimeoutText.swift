import Schema

/// A duration as a field of an HTTPProxy holds it: read by Go's rules, and checked by the CRD's pattern before.
struct TimeoutText {
    let text: String

    init(_ text: String) { self.text = text }

    /// Its length as Go reads it, in nanoseconds; nil for none, as for `infinity`.
    var nanoseconds: Int64? { GoDuration(text)?.nanoseconds }

    /// Whether Contour takes it; no text at all is its default.
    func isTaken(allowingInfinity: Bool) -> Bool {
        text.isEmpty || allowingInfinity && isInfinity || nanoseconds != nil
    }

    /// Whether the CRD's pattern lets it through: numbers with units, without a sign, where digits may be missing.
    func isInForm(allowingInfinity: Bool) -> Bool {
        if allowingInfinity, isInfinity { return true }
        var rest = Substring(text)
        guard !rest.isEmpty else { return false }
        while !rest.isEmpty {
            rest = rest.drop { $0.isASCII && $0.isNumber }
            if rest.first == "." { rest = rest.dropFirst().drop { $0.isASCII && $0.isNumber } }
            guard let unit = ["ms", "us", "µs", "ns", "h", "m", "s"].first(where: rest.hasPrefix) else { return false }
            rest = rest.dropFirst(unit.count)
        }
        return true
    }

    private var isInfinity: Bool { text == "infinity" || text == "infinite" }
}
