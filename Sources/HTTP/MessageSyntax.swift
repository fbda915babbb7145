internal import HTTPTypes

/// The grammar of RFC 9110 and RFC 9112 that both directions share.
enum MessageSyntax {
    static let carriageReturn: UInt8 = 13
    static let lineFeed: UInt8 = 10
    static let space: UInt8 = 32
    static let tab: UInt8 = 9
    static let colon: UInt8 = 58
    static let comma: UInt8 = 44

    /// Whether `byte` may stand in a token: a method or a field name.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case 0x21, 0x23...0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x5e, 0x5f, 0x60, 0x7c, 0x7e: true
        default: false
        }
    }

    /// Whether `byte` may stand in a field value.
    @inline(__always)
    static func isFieldValue(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7f || byte == tab }

    /// Whether `byte` may stand round a field value.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// Whether `byte` is `0` to `9`.
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// The value of a hex digit, or nil.
    static func hexValue(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte) - 0x30
        case 0x41...0x46: Int(byte) - 0x37
        case 0x61...0x66: Int(byte) - 0x57
        default: nil
        }
    }

    /// Whether a carriage return and a line feed stand at `position`.
    @inline(__always)
    static func isLineEnd(_ bytes: Span<UInt8>, at position: Int) -> Bool {
        position &+ 1 < bytes.count && bytes[position] == carriageReturn && bytes[position &+ 1] == lineFeed
    }

    /// Whether the bytes of `range` are those of `text`.
    @inline(__always)
    static func isSame(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
        matches(bytes, range, text, ignoring: 0)
    }

    /// Whether the bytes of `range` are those of `lower`, a token in lower case, but for the case of ASCII letters.
    ///
    /// `String.lowercased()` would take the Kelvin sign for a k, and let in a `chunked` that no one else sees.
    @inline(__always)
    static func isEqual(_ bytes: Span<UInt8>, _ range: Range<Int>, _ lower: StaticString) -> Bool {
        matches(bytes, range, lower, ignoring: 0x20)
    }

    /// The same with a text that is known only when we run.
    static func isEqual(_ bytes: Span<UInt8>, _ range: Range<Int>, _ lower: String) -> Bool {
        let others = lower.utf8.span
        guard others.count == range.count else { return false }
        for position in others.indices
        where !isEqual(bytes[range.lowerBound + position], others[position], ignoring: 0x20) {
            return false
        }
        return true
    }

    @inline(__always)
    private static func matches(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        _ text: StaticString,
        ignoring bit: UInt8
    ) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        let start = range.lowerBound
        // A static string lives for ever, and the index stays below its count.
        let others = unsafe text.utf8Start
        for index in 0..<range.count {
            guard isEqual(bytes[start &+ index], unsafe others[index], ignoring: bit) else { return false }
        }
        return true
    }

    /// Whether both are the same, or `lower` is a letter and `byte` the same one in upper case, should `bit` be 0x20.
    @inline(__always)
    private static func isEqual(_ byte: UInt8, _ lower: UInt8, ignoring bit: UInt8) -> Bool {
        byte == lower || byte | bit == lower && lower >= 0x61
    }

    /// The text of `range`, with U+FFFD for what is no UTF-8.
    static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            // The slice checks the range against the span.
            unsafe String(decoding: UnsafeBufferPointer(rebasing: buffer[range]), as: UTF8.self)
        }
    }

    /// The next part between the commas of `rest`, without the blanks round it; nil when none is left.
    static func takeElement(_ bytes: Span<UInt8>, of rest: inout Range<Int>?) -> Range<Int>? {
        guard let range = rest else { return nil }
        var comma = range.lowerBound
        while comma < range.upperBound, bytes[comma] != Self.comma { comma += 1 }
        rest = comma < range.upperBound ? comma + 1..<range.upperBound : nil
        var start = range.lowerBound
        var end = comma
        while start < end, isBlank(bytes[start]) { start += 1 }
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }
}
