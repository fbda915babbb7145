/// Base64 with the standard alphabet and padding, as Kubernetes writes bytes in JSON.
///
/// Source: RFC 4648 section 4.
package enum Base64 {
    /// The text of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the text of `bytes` to `output`.
    package static func append(_ bytes: [UInt8], to output: inout [UInt8]) { append(bytes.span, to: &output) }

    /// Appends the text of `input` to `output`.
    package static func append(_ input: Span<UInt8>, to output: inout [UInt8]) {
        let length = (input.count + 2) / 3 * 4
        output.append(addingCapacity: length) { output in
            var index = 0
            unsafe output.withUnsafeMutableBufferPointer { buffer, count in
                let room = UnsafeMutableRawBufferPointer(buffer)
                precondition(room.count - count >= length, "there is no room for the text")
                // Six bytes make eight digits; two more are read, and checked to be there.
                while index &+ 8 <= input.count {
                    let word = unsafe input.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
                    let digits = digits(of: word.bigEndian &>> 16)
                    unsafe room.storeBytes(of: digits.littleEndian, toByteOffset: count, as: UInt64.self)
                    index &+= 6
                    count &+= 8
                }
            }
            appendRest(of: input, from: index, to: &output)
        }
    }

    /// The digits of the 48 bits of `word`, the first one lowest.
    @inline(__always)
    private static func digits(of word: UInt64) -> UInt64 {
        // Cut in two, and each half, and each half of that: what stands first goes to the lower half.
        var values = word &>> 24 | (word & 0xff_ffff) &<< 32
        values = values &>> 12 & 0xfff_0000_0fff | (values & 0xfff_0000_0fff) &<< 16
        values = values &>> 6 & 0x3f_003f_003f_003f | (values & 0x3f_003f_003f_003f) &<< 8
        // What is 26 or more is no capital letter, what is 52 or more no letter, and so on: a step for each of these,
        // for all eight at once. None of the sums leaves its byte.
        let ones: UInt64 = 0x0101_0101_0101_0101
        func mark(_ least: UInt64) -> UInt64 { (values &+ ones &* (128 &- least)) &>> 7 & ones }
        return values &+ ones &* 65 &+ mark(26) &* 6 &- mark(52) &* 75 &- mark(62) &* 15 &+ mark(63) &* 3
    }

    /// Appends the digits of what stands from `start` on, with the padding.
    private static func appendRest(of input: Span<UInt8>, from start: Int, to output: inout OutputSpan<UInt8>) {
        for index in stride(from: start, to: input.count, by: 3) {
            let count = min(3, input.count - index)
            var word = UInt64(input[index]) << 40
            if count > 1 { word |= UInt64(input[index + 1]) << 32 }
            if count > 2 { word |= UInt64(input[index + 2]) << 24 }
            let digits = digits(of: word)
            for place in 0..<4 {
                let digit = UInt8(truncatingIfNeeded: digits >> UInt64(8 * place))
                output.append(place <= count ? digit : UInt8(ascii: "="))
            }
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
