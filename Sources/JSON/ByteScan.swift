/// The bytes that JSON gives a meaning.
enum ASCII {
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")

    /// Whether `byte` is `0` to `9`.
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Whether `letter` behind a backslash is a whole escape: `"`, `/`, `\`, `b`, `f`, `n`, `r` or `t`.
    @inline(__always)
    static func isShortEscape(_ letter: UInt8) -> Bool {
        // One bit for each of them, of the characters below 0x40 and of those below 0x80.
        let low: UInt64 = 1 << 0x22 | 1 << 0x2F
        let high: UInt64 = 1 << 0x1C | 1 << 0x22 | 1 << 0x26 | 1 << 0x2E | 1 << 0x32 | 1 << 0x34
        return letter < 0x80 && (letter < 0x40 ? low : high) &>> UInt64(letter & 0x3F) & 1 == 1
    }

    /// The value of a hex digit, or nil.
    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte) - 0x30
        case 0x41...0x46: UInt32(byte) - 0x37
        case 0x61...0x66: UInt32(byte) - 0x57
        default: nil
        }
    }
}

/// Which of the 16 bytes from `position` a JSON string cannot hold as they are (a quote, a backslash, a control
/// character): all ones in the byte that stands for it, the first one lowest.
///
/// The 16 bytes must be inside the span.
@inline(__always)
func specialBytes(in raw: RawSpan, at position: Int) -> (low: UInt64, high: UInt64) {
    // The caller keeps the 16 bytes inside the span.
    let block = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: SIMD16<UInt8>.self)
    let quotes = block .== SIMD16<UInt8>(repeating: ASCII.quote)
    let backslashes = block .== SIMD16<UInt8>(repeating: ASCII.backslash)
    let controls = block .< SIMD16<UInt8>(repeating: ASCII.space)
    return words(of: quotes .| backslashes .| controls)
}

/// Which of 16 bytes something holds of.
typealias ByteMask = SIMDMask<SIMD16<Int8>>

/// All ones in the byte that stands for one of which `mask` holds, the first one lowest.
@inline(__always)
func words(of mask: ByteMask) -> (low: UInt64, high: UInt64) {
    let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return (words[0].littleEndian, words[1].littleEndian)
}

/// What 16 bytes of a string are, looked at together with the byte before each.
struct StringBlock {
    /// Where the byte before is a backslash.
    let escaped: ByteMask
    /// Where the string ends, or something stands that is not an escaped quote and needs a closer look.
    let marks: ByteMask

    /// Of the 16 bytes from `position`; they and the byte before must be inside the span.
    @inline(__always)
    init(of raw: RawSpan, at position: Int) {
        // The caller keeps the 17 bytes inside the span.
        let block = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: SIMD16<UInt8>.self)
        let before = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: position &- 1, as: SIMD16<UInt8>.self)
        let escapes = before .== SIMD16<UInt8>(repeating: ASCII.backslash)
        // A quote without a backslash before it ends the string; a backslash without a quote behind it is another escape.
        let quotes = block .== SIMD16<UInt8>(repeating: ASCII.quote)
        let controls = block .< SIMD16<UInt8>(repeating: ASCII.space)
        let closer = controls .| (quotes .^ escapes)
        escaped = escapes
        marks = closer
    }
}

/// The place, at `start` or after it, of the first byte that a JSON string cannot hold as it is: a quote, a backslash,
/// a control character; the number of bytes when there is none.
@inline(__always)
func firstSpecialByte(in bytes: Span<UInt8>, from start: Int) -> Int {
    let raw = unsafe bytes.bytes
    var position = start
    while position &+ 16 <= raw.byteCount {
        let (low, high) = specialBytes(in: raw, at: position)
        if low != 0 { return position &+ (low.trailingZeroBitCount &>> 3) }
        if high != 0 { return position &+ 8 &+ (high.trailingZeroBitCount &>> 3) }
        position &+= 16
    }
    if position &+ 8 <= raw.byteCount {
        // The eight bytes are inside the span; the load checks it once more.
        let block = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: SIMD8<UInt8>.self)
        let quotes = block .== SIMD8<UInt8>(repeating: ASCII.quote)
        let backslashes = block .== SIMD8<UInt8>(repeating: ASCII.backslash)
        let controls = block .< SIMD8<UInt8>(repeating: ASCII.space)
        let word = unsafe unsafeBitCast(quotes .| backslashes .| controls, to: UInt64.self)
        if word != 0 { return position &+ (word.littleEndian.trailingZeroBitCount &>> 3) }
        position &+= 8
    }
    while position < bytes.count {
        let byte = bytes[position]
        if byte < 0x20 || byte == ASCII.quote || byte == ASCII.backslash { return position }
        position &+= 1
    }
    return position
}

/// Whether `count` bytes from `start` in `left` are those from `other` in `right`; both ranges must be inside.
func sameBytes(_ left: Span<UInt8>, at start: Int, _ right: Span<UInt8>, at other: Int, count: Int) -> Bool {
    precondition(start >= 0 && start &+ count <= left.count && other >= 0 && other &+ count <= right.count)
    // Both ranges are inside their spans.
    @inline(__always)
    func difference<Word: FixedWidthInteger & BitwiseCopyable>(at place: Int, as type: Word.Type) -> Word {
        unsafe left.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start &+ place, as: type)
            ^ right.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: other &+ place, as: type)
    }
    @inline(__always)
    func words(at place: Int) -> UInt64 {
        difference(at: place, as: UInt64.self) | difference(at: place &+ 8, as: UInt64.self)
    }
    // What is left behind whole words is looked at together with some bytes before it.
    if count >= 16 {
        var done = 0
        while done &+ 32 <= count {
            if words(at: done) | words(at: done &+ 16) != 0 { return false }
            done &+= 32
        }
        if done &+ 16 <= count, words(at: done) != 0 { return false }
        return words(at: count &- 16) == 0
    }
    if count >= 8 {
        return difference(at: 0, as: UInt64.self) | difference(at: count &- 8, as: UInt64.self) == 0
    }
    if count >= 4 {
        return difference(at: 0, as: UInt32.self) | difference(at: count &- 4, as: UInt32.self) == 0
    }
    var done = 0
    while done < count {
        if difference(at: done, as: UInt8.self) != 0 { return false }
        done &+= 1
    }
    return true
}

/// Whether both texts have the same bytes; `==` of `String` also holds for other spellings of the same characters,
/// which JSON and Kubernetes tell apart.
func sameText(_ left: String, _ right: String) -> Bool {
    // Nearly all that are compared differ in this.
    guard left.utf8.count == right.utf8.count else { return false }
    let bytes = left.utf8.span
    let others = right.utf8.span
    return bytes.count == others.count && sameBytes(bytes, at: 0, others, at: 0, count: bytes.count)
}
