/// What a head is written with: each call traps when there is no room for all of it.
extension OutputSpan<UInt8> {
    /// Appends all of `bytes`.
    @inline(__always)
    mutating func append(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { source in unsafe append(copying: source) }
    }

    /// Appends `text`.
    @inline(__always)
    mutating func append(_ text: String) { append(text.utf8.span) }

    /// Appends `text`.
    @inline(__always)
    mutating func append(_ text: StaticString) { append(text, 0, count: text.utf8CodeUnitCount) }

    /// Appends the `count` bytes of `text` from `start` on.
    @inline(__always)
    mutating func append(_ text: StaticString, _ start: Int, count: Int) {
        precondition(start >= 0 && count >= 0 && start + count <= text.utf8CodeUnitCount, "a part beyond the text")
        // A static string lives for ever, and the part is inside it.
        unsafe append(copying: UnsafeRawBufferPointer(start: text.utf8Start + start, count: count))
    }

    /// Appends the last `count` decimal digits of `number`, which is not negative, with zeros before it.
    @inline(__always)
    mutating func appendDigits(_ number: Int, count: Int) {
        var unit = 1
        for _ in 1..<count { unit *= 10 }
        while unit > 0 {
            append(UInt8(truncatingIfNeeded: number / unit % 10) + 0x30)
            unit /= 10
        }
    }

    /// Appends `number`, which is not negative, in decimal digits.
    mutating func append(decimal number: Int) {
        var count = 1
        var rest = number / 10
        while rest > 0 {
            count += 1
            rest /= 10
        }
        appendDigits(number, count: count)
    }

    @inline(__always)
    private mutating func append(copying source: UnsafeRawBufferPointer) {
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            // The slice checks that there is room; what is copied is of a trivial type.
            let room = unsafe UnsafeMutableRawBufferPointer(buffer)[count..<count + source.count]
            unsafe UnsafeMutableRawBufferPointer(rebasing: room).copyMemory(from: source)
            count += source.count
        }
    }
}
