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
        guard let text = value.string ?? value.number?.text, let nanos = shortNanos(text) ?? nanos(text) else {
            return value
        }
        guard let small = UInt64(exactly: nanos) else { return .string("\(nanos)n") }
        return .string(spelling(of: small))
    }

    /// `100000000n`.
    private static func spelling(of nanos: UInt64) -> String {
        var count = 1
        var rest = nanos
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        // Without an array in between; the buffer has room for all digits of 64 bits and the letter.
        return unsafe String(unsafeUninitializedCapacity: count + 1) { text in
            unsafe text[count] = UInt8(ascii: "n")
            rest = nanos
            for place in (0..<count).reversed() {
                unsafe text[place] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
                rest /= 10
            }
            return count + 1
        }
    }

    /// What `nanos` says of the short ones, which nearly all are: one to nine digits, and a suffix or none; else nil.
    private static func shortNanos(_ text: String) -> Int128? {
        let bytes = text.utf8.span
        var number: Int128 = 0
        var place = 0
        while place < bytes.count, place < 10, bytes[place] &- 0x30 < 10 {
            number = number * 10 + Int128(bytes[place] &- 0x30)
            place += 1
        }
        guard (1...9).contains(place), let unit = unit(bytes.extracting(place...)) else { return nil }
        return number * unit
    }

    /// How many billionths the suffix stands for; nil where it is none.
    private static func unit(_ suffix: Span<UInt8>) -> Int128? {
        switch suffix.count {
        case 0: return nano
        case 1: return decimalUnit(suffix[0])
        case 2 where suffix[1] == UInt8(ascii: "i"): return binaryUnit(suffix[0])
        default: return nil
        }
    }

    private static func decimalUnit(_ letter: UInt8) -> Int128? {
        switch letter {
        case UInt8(ascii: "n"): 1
        case UInt8(ascii: "u"): 1_000
        case UInt8(ascii: "m"): 1_000_000
        case UInt8(ascii: "k"): nano * 1_000
        case UInt8(ascii: "M"): nano * 1_000_000
        case UInt8(ascii: "G"): nano * 1_000_000_000
        case UInt8(ascii: "T"): nano * 1_000_000_000_000
        case UInt8(ascii: "P"): nano * 1_000_000_000_000_000
        case UInt8(ascii: "E"): nano * 1_000_000_000_000_000_000
        default: nil
        }
    }

    private static func binaryUnit(_ letter: UInt8) -> Int128? {
        switch letter {
        case UInt8(ascii: "K"): nano << 10
        case UInt8(ascii: "M"): nano << 20
        case UInt8(ascii: "G"): nano << 30
        case UInt8(ascii: "T"): nano << 40
        case UInt8(ascii: "P"): nano << 50
        case UInt8(ascii: "E"): nano << 60
        default: nil
        }
    }

    /// How many billionths `text` is, rounded up as Kubernetes does; nil where it is no quantity, or too large.
    static func nanos(_ text: String) -> Int128? {
        let digits = text.prefix { "0123456789.+-".contains($0) }
        guard let (whole, fraction) = parts(of: digits) else { return nil }
        var suffix = String(text.dropFirst(digits.count))
        var exponent = 0
        if let mark = suffix.first, "eE".contains(mark), let power = Int(suffix.dropFirst()) {
            guard (-18...18).contains(power) else { return nil }
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
