extension JSONNumber {
    /// Whether both are the same number however they are written: `1`, `1.0` and `10e-1` are.
    ///
    /// Exact, whatever the number of digits.
    package func isNumericallyEqual(to other: JSONNumber) -> Bool {
        text == other.text || Decimal(text) == Decimal(other.text)
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
