/// Finds bytes eight at a time.
///
/// In each test a byte that matches sets its top bit; a borrow can set a wrong one above a right one only, so the lowest
/// is always right.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The place of the first line feed from `start` on and before `end`; `end` when there is none.
    @inline(__always)
    static func firstLineFeed(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        let raw = unsafe bytes.bytes
        var position = start
        while position &+ 8 <= end {
            // The loop's condition keeps the eight bytes before `end`; the load checks them against the span.
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
            let feeds = word ^ (ones &* UInt64(MessageSyntax.lineFeed))
            let found = (feeds &- ones) & ~feeds & tops
            if found != 0 { return position &+ (found.trailingZeroBitCount >> 3) }
            position &+= 8
        }
        while position < end, bytes[position] != MessageSyntax.lineFeed { position &+= 1 }
        return position
    }

    /// The place of the first byte from `start` on that may not stand in a field value; the number of bytes when there
    /// is none.
    @inline(__always)
    static func firstControl(in bytes: Span<UInt8>, from start: Int) -> Int {
        let raw = unsafe bytes.bytes
        var position = start
        while position &+ 8 <= raw.byteCount {
            // The loop's condition keeps the eight bytes inside the span; the load checks it once more.
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
            let deletes = word ^ (ones &* 0x7f)
            let found = ((word &- ones &* 0x20) & ~word | (deletes &- ones) & ~deletes) & tops
            guard found != 0 else {
                position &+= 8
                continue
            }
            position &+= found.trailingZeroBitCount >> 3
            if bytes[position] != MessageSyntax.tab { return position }
            position &+= 1
        }
        while position < bytes.count, MessageSyntax.isFieldValue(bytes[position]) { position &+= 1 }
        return position
    }
}
