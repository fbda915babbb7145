/// A JSON number kept as its text, so that 64-bit integers and decimals go through unchanged.
package struct JSONNumber: Sendable, Hashable {
    /// The number as it was written, for example `100`, `-0.5`, `1e3`.
    package let text: String

    /// Takes over text that the parser has checked against RFC 8259 section 6.
    init(checkedText: String) { text = checkedText }

    /// A number written as RFC 8259 section 6 has it, for example `-0.5` or `1e3`; nil for any other text.
    package init?(text: String) {
        let bytes = text.utf8.span
        do {
            guard try endOfNumber(in: bytes, from: 0) == bytes.count else { return nil }
        } catch {
            return nil
        }
        self.init(checkedText: text)
    }

    /// A whole number.
    package init(_ value: some BinaryInteger) { text = String(value) }

    /// A number that must be finite; a whole one is written without a point.
    package init(_ value: Double) {
        precondition(value.isFinite, "JSON has no infinity and no NaN")
        text = value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    /// The value when it is whole and within 64 bits (`2.0` and `2e0` are 2), else nil; exact.
    package var int: Int? {
        if let value = Int(text) { return value }
        return exactInt
    }

    /// The nearest double.
    package var double: Double { Double(text) ?? .nan }
}
