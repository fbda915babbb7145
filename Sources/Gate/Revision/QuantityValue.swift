import JSON

/// A quantity, of whatever spelling: `1000m` and `1`, `1Gi` and `1073741824`.
///
/// Source: apimachinery `resource.Quantity`.
enum QuantityValue {
    private static let nano: Int128 = 1_000_000_000

    private static let suffixes: [String: (multiplier: Int128, divisor: Int128)] = [
        "n": (1, nano), "u": (1, 1_000_000), "m": (1, 1_000), "": (1, 1), "k": (1_000, 1), "M": (1_000_000, 1),
        "G": (1_000_000_000, 1), "T": (1_000_000_000_000, 1), "P": (1_000_000_000_000_000, 1),
        "E": (1_000_000_000_000_000_000, 1), "Ki": (1 << 10, 1), "Mi": (1 << 20, 1), "Gi": (1 << 30, 1),
        "Ti": (1 << 40, 1), "Pi": (1 << 50, 1), "Ei": (1 << 60, 1),
    ]

    /// `value` in one spelling for all that mean the same; as it is where it is no quantity, or too large.
    static func canonical(_ value: JSONValue) -> JSONValue {
        guard let text = value.string ?? value.number?.text, let nanos = nanos(text) else { return value }
        return .string("\(nanos)n")
    }

    /// How many billionths `text` is, rounded up as Kubernetes does; nil where it is no quantity, or too large.
    static func nanos(_ text: String) -> Int128? {
        let digits = text.prefix { "0123456789.+-".contains($0) }
        guard let (whole, fraction) = parts(of: digits) else { return nil }
        var suffix = String(text.dropFirst(digits.count))
        var exponent = 0
        if let mark = suffix.first, "eE".contains(mark), let power = Int(suffix.dropFirst()) {
            guard abs(power) <= 18 else { return nil }
            (suffix, exponent) = ("", power)
        }
        guard let unit = suffixes[suffix] else { return nil }
        var (multiplier, divisor) = (unit.multiplier * nano, unit.divisor)
        for _ in 0..<abs(exponent) { if exponent > 0 { multiplier *= 10 } else { divisor *= 10 } }
        for _ in fraction { divisor *= 10 }
        guard let number = Int128(whole + fraction) else { return nil }
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: multiplier)
        guard !isTooLarge else { return nil }
        let (quotient, rest) = product.quotientAndRemainder(dividingBy: divisor)
        return quotient + (rest > 0 ? 1 : rest < 0 ? -1 : 0)
    }

    /// The digits before the point with their sign, and those behind it.
    private static func parts(of text: Substring) -> (whole: String, fraction: String)? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first else { return nil }
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        guard fraction.allSatisfy(\.isNumber), fraction.count <= 18, first.count <= 20 else { return nil }
        let whole = first.hasPrefix("+") ? first.dropFirst() : first
        return (whole.isEmpty || whole == "-" ? "\(whole)0" : String(whole), fraction)
    }
}
