/// A duration as Go's `time.ParseDuration` reads it: `1h30m`, `1.5s`, `-2ms`, `0`.
///
/// Source: https://pkg.go.dev/time#ParseDuration.
package struct GoDuration: Hashable, Sendable {
    /// Its length.
    package let nanoseconds: Int64

    /// Reads `text`; nil where Go would not.
    package init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        guard !bytes.isEmpty else { return nil }
        var sum: UInt64 = 0
        if bytes != [UInt8(ascii: "0")] {
            while !bytes.isEmpty {
                guard let part = Self.readPart(&bytes) else { return nil }
                guard part <= Self.limit - sum else { return nil }
                sum += part
            }
        }
        // The longest one has a negative counterpart that is longer by one.
        guard isNegative || sum < Self.limit else { return nil }
        nanoseconds = isNegative ? Int64(truncatingIfNeeded: 0 &- sum) : Int64(sum)
    }

    private static let limit: UInt64 = 1 << 63

    private static let units: [(name: String, nanoseconds: UInt64)] = [
        ("ns", 1), ("us", 1000), ("\u{b5}s", 1000), ("\u{3bc}s", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Takes one number and its unit off `bytes`; its nanoseconds, at most `limit`, or nil.
    private static func readPart(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        let digits = takeDigits(&bytes)
        guard let whole = number(digits) else { return nil }
        var fraction: ArraySlice<UInt8> = []
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            fraction = takeDigits(&bytes)
        }
        guard !digits.isEmpty || !fraction.isEmpty else { return nil }
        let name = bytes.prefix { $0 != UInt8(ascii: ".") && !isDigit($0) }
        bytes = bytes.dropFirst(name.count)
        guard let unit = units.first(where: { name.elementsEqual($0.name.utf8) })?.nanoseconds else { return nil }
        guard whole <= limit / unit else { return nil }
        let length = whole * unit + scaled(fraction, by: unit)
        return length <= limit ? length : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = bytes.prefix(while: isDigit)
        bytes = bytes.dropFirst(digits.count)
        return digits
    }

    /// The number that `digits` write, 0 for none; nil above `limit`.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            guard number <= limit / 10 else { return nil }
            number = number * 10 + UInt64(digit - UInt8(ascii: "0"))
            guard number <= limit else { return nil }
        }
        return number
    }

    /// The part of `unit` that `digits` after a point are; digits beyond all precision are left out.
    private static func scaled(_ digits: ArraySlice<UInt8>, by unit: UInt64) -> UInt64 {
        var number: UInt64 = 0
        var scale = 1.0
        for digit in digits {
            guard number <= (limit - 1) / 10 else { break }
            let next = number * 10 + UInt64(digit - UInt8(ascii: "0"))
            guard next <= limit else { break }
            number = next
            scale *= 10
        }
        return UInt64(Double(number) * (Double(unit) / scale))
    }
}
