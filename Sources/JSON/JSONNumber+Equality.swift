extension JSONNumber {
    /// Whether both are the same number however they are written: `1`, `1.0` and `10e-1` are.
    ///
    /// Exact, whatever the number of digits.
    package func isNumericallyEqual(to other: JSONNumber) -> Bool {
        text == other.text || Decimal(text) == Decimal(other.text)
    }

    /// The value of a number that is written with a fraction or an exponent, when it is whole and within 64 bits.
    var exactInt: Int? {
        let value = Decimal(text)
        // 64 bits have 19 digits.
        guard value.exponent >= 0, value.exponent <= 19, value.digits.count + value.exponent <= 19 else { return nil }
        let digits = value.digits.isEmpty ? [UInt8(ascii: "0")] : value.digits
        let zeros = String(repeating: "0", count: value.exponent)
        return Int((value.isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self) + zeros)
    }

    /// A number as digits without zeros at either end, and the power of ten of the digit after the last.
    private struct Decimal: Equatable {
        var isNegative = false
        var digits: [UInt8] = []
        var exponent = 0

        init(_ text: String) {
            var isFraction = false
            var bytes = text.utf8[...]
            while let byte = bytes.popFirst() {
                switch byte {
                case UInt8(ascii: "-"): isNegative = true
                case UInt8(ascii: "."): isFraction = true
                case UInt8(ascii: "e"), UInt8(ascii: "E"):
                    exponent += Self.bounded(bytes)
                    bytes = bytes.suffix(0)
                default:
                    if isFraction { exponent -= 1 }
                    digits.append(byte)
                }
            }
            digits.trimPrefix { $0 == UInt8(ascii: "0") }
            while digits.last == UInt8(ascii: "0") {
                digits.removeLast()
                exponent += 1
            }
            if digits.isEmpty {
                exponent = 0
                isNegative = false
            }
        }

        /// The exponent's value; one beyond 18 digits is no different from another.
        private static func bounded(_ text: Substring.UTF8View) -> Int {
            let limit = 1_000_000_000_000_000_000
            let value = Int(Substring(text)) ?? (text.first == UInt8(ascii: "-") ? -limit : limit)
            return min(max(value, -limit), limit)
        }
    }
}
