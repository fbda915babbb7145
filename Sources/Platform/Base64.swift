/// Base64 with the standard alphabet and padding, as Kubernetes writes bytes in JSON.
///
/// Source: RFC 4648 section 4.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the text of `bytes` to `output`.
    package static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        let whole = bytes.count / 3 * 3
        let digits = alphabet.span
        let input = bytes.span
        output.append(addingCapacity: (bytes.count + 2) / 3 * 4) { output in
            var index = 0
            while index < whole {
                let word = UInt32(input[index]) << 16 | UInt32(input[index &+ 1]) << 8 | UInt32(input[index &+ 2])
                output.append(digits[Int(word &>> 18)])
                output.append(digits[Int(word &>> 12 & 63)])
                output.append(digits[Int(word &>> 6 & 63)])
                output.append(digits[Int(word & 63)])
                index &+= 3
            }
            guard whole < input.count else { return }
            let hasTwo = input.count - whole == 2
            let word = UInt32(input[whole]) << 16 | (hasTwo ? UInt32(input[whole + 1]) << 8 : 0)
            output.append(digits[Int(word >> 18)])
            output.append(digits[Int(word >> 12 & 63)])
            output.append(hasTwo ? digits[Int(word >> 6 & 63)] : UInt8(ascii: "="))
            output.append(UInt8(ascii: "="))
        }
    }

    /// The bytes that `text` holds; nil when it is no Base64.
    ///
    /// Line breaks are passed over, as in PEM.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var word: UInt32 = 0
        var bits = 0
        var padding = 0
        var digits = 0
        for byte in text.utf8 where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r") {
            digits += 1
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: byte) else { return nil }
            word = (word << 6 | value) & 0xff_ffff
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
        }
        let leftover = word & ((1 << UInt32(bits)) - 1)
        guard digits.isMultiple(of: 4), padding <= 2, leftover == 0 else { return nil }
        return bytes
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
