extension TapeBuilder {
    /// The string whose quote is at `position`, checked but not unescaped.
    ///
    /// Most are shorter than 16 bytes and hold nothing but themselves: they are read here, at one look.
    @inline(__always)
    func string(_ bytes: Span<UInt8>, at position: Int) throws(TapeFault) -> TapeNode {
        let start = position &+ 1
        if start &+ 16 <= bytes.count {
            let (low, high) = unsafe specialBytes(in: bytes.bytes, at: start)
            let place = low != 0 ? low.trailingZeroBitCount : 64 &+ high.trailingZeroBitCount
            let end = start &+ (place &>> 3)
            // Without any among the 16 it is the byte behind them, which ends the string if it is a quote.
            if end < bytes.count, bytes[end] == ASCII.quote {
                return TapeNode(.string, start: start, length: end &- start)
            }
        }
        return try longString(bytes, at: position)
    }

    /// The same, of any string, 16 bytes at a time.
    ///
    /// A string with escapes is most often JSON in JSON, of which every third byte is a backslash before a quote. So
    /// long as each backslash is before a quote, one look at 16 bytes tells whether the string ends there; anything
    /// else is left to `slowString`.
    @inline(never)
    private func longString(_ bytes: Span<UInt8>, at position: Int) throws(TapeFault) -> TapeNode {
        let start = position &+ 1
        var place = start
        var escaped = ByteMask(repeating: false)
        while place &+ 16 <= bytes.count {
            let block = unsafe StringBlock(of: bytes.bytes, at: place)
            let (low, high) = words(of: block.marks)
            if low | high == 0 {
                escaped .|= block.escaped
                place &+= 16
                continue
            }
            let isLow = low != 0
            let marks = isLow ? low : high
            let escapes = words(of: block.escaped)
            // What stands behind the first mark may be no part of the string.
            let last = (isLow ? escapes.low : escapes.high) & ((marks & (0 &- marks)) &- 1)
            let before = words(of: escaped)
            let isEscaped = before.low | before.high | (isLow ? 0 : escapes.low) | last != 0
            place &+= (isLow ? 0 : 8) &+ (marks.trailingZeroBitCount &>> 3)
            if bytes[place] == ASCII.quote {
                return TapeNode(.string, start: start, length: place &- start, isEscaped: isEscaped)
            }
            return try slowString(bytes, from: rest(of: bytes, start, place), at: position, isEscaped: isEscaped)
        }
        let (low, high) = words(of: escaped)
        return try slowString(bytes, from: rest(of: bytes, start, place), at: position, isEscaped: low | high != 0)
    }

    /// Where the rest of the string from `start` begins of which `place` was reached: an escape that has begun is looked
    /// at from its backslash on.
    private func rest(of bytes: Span<UInt8>, _ start: Int, _ place: Int) -> Int {
        place > start && bytes[place &- 1] == ASCII.backslash ? place &- 1 : place
    }

    /// The rest, from `from` on, of a string whose quote is at `position`.
    private func slowString(
        _ bytes: Span<UInt8>,
        from: Int,
        at position: Int,
        isEscaped: Bool
    ) throws(TapeFault) -> TapeNode {
        var end = from
        var isEscaped = isEscaped
        while true {
            end = firstSpecialByte(in: bytes, from: end)
            guard end < bytes.count else { throw TapeFault(.openString, at: position) }
            if bytes[end] == ASCII.quote { break }
            end = try endOfEscape(in: bytes, from: end, of: position)
            isEscaped = true
        }
        return TapeNode(.string, start: position + 1, length: end - position - 1, isEscaped: isEscaped)
    }

    /// The byte after the escape whose backslash is at `start`, in the string whose quote is at `position`.
    ///
    /// - Throws: `TapeFault` when the byte there is no backslash but a control character, or no escape follows.
    @inline(__always)
    private func endOfEscape(in bytes: Span<UInt8>, from start: Int, of position: Int) throws(TapeFault) -> Int {
        guard bytes[start] == ASCII.backslash else { throw TapeFault(.controlCharacter, at: start) }
        if start &+ 1 < bytes.count, ASCII.isShortEscape(bytes[start &+ 1]) { return start &+ 2 }
        return try endOfUnicodeEscape(in: bytes, from: start, of: position)
    }

    /// The byte after the escape of a code unit or two whose backslash is at `start`, in the string whose quote is at
    /// `position`.
    @inline(never)
    private func endOfUnicodeEscape(
        in bytes: Span<UInt8>,
        from start: Int,
        of position: Int
    ) throws(TapeFault) -> Int {
        guard start + 1 < bytes.count else { throw TapeFault(.openString, at: position) }
        guard bytes[start + 1] == UInt8(ascii: "u") else { throw TapeFault(.unknownEscape, at: start) }
        guard let unit = hexUnit(in: bytes, at: start) else { throw TapeFault(.expectedHexDigits, at: start) }
        switch unit {
        case 0xDC00...0xDFFF: throw TapeFault(.loneSurrogate, at: start)
        case 0xD800...0xDBFF:
            let second = start + 6
            guard let low = hexUnit(in: bytes, at: second), (0xDC00...0xDFFF).contains(low) else {
                throw TapeFault(.loneSurrogate, at: start)
            }
            return second + 6
        default: return start + 6
        }
    }
}

/// The value of `\u` and four hex digits at `start`, or nil when these are not there.
private func hexUnit(in bytes: Span<UInt8>, at start: Int) -> UInt32? {
    guard start + 6 <= bytes.count, bytes[start] == ASCII.backslash, bytes[start + 1] == UInt8(ascii: "u") else {
        return nil
    }
    var unit: UInt32 = 0
    for place in (start + 2)..<(start + 6) {
        guard let digit = ASCII.hexValue(bytes[place]) else { return nil }
        unit = unit << 4 | digit
    }
    return unit
}

/// The text of a string that the builder has checked, given without its quotes.
func unescaped(_ bytes: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
        guard bytes[place] == ASCII.backslash else {
            text.append(bytes[place])
            place += 1
            continue
        }
        if let unit = hexUnit(in: bytes, at: place) {
            place += 6
            var scalar = unit
            if (0xD800...0xDBFF).contains(unit), let low = hexUnit(in: bytes, at: place) {
                scalar = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                place += 6
            }
            text.append(
                contentsOf: UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
            )
        } else {
            text.append(simpleEscape(bytes[place + 1]))
            place += 2
        }
    }
    return text
}

/// The character that a backslash before `letter` stands for.
private func simpleEscape(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
}

/// The byte after the number that begins at `start`.
///
/// Source: RFC 8259 section 6.
func endOfNumber(in bytes: Span<UInt8>, from start: Int) throws(TapeFault) -> Int {
    var place = start
    if place < bytes.count, bytes[place] == UInt8(ascii: "-") { place &+= 1 }
    if place < bytes.count, bytes[place] == UInt8(ascii: "0") {
        place &+= 1
        if place < bytes.count, ASCII.isDigit(bytes[place]) { throw TapeFault(.leadingZero, at: place &- 1) }
    } else {
        place = try endOfDigits(in: bytes, from: place)
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
        place = try endOfDigits(in: bytes, from: place &+ 1)
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
        place &+= 1
        if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") { place &+= 1 }
        place = try endOfDigits(in: bytes, from: place)
    }
    return place
}

/// The byte after one digit or more.
private func endOfDigits(in bytes: Span<UInt8>, from start: Int) throws(TapeFault) -> Int {
    var place = start
    while place < bytes.count, ASCII.isDigit(bytes[place]) { place &+= 1 }
    guard place > start else { throw TapeFault(.expectedDigit, at: place) }
    return place
}
