/// Parses a text into a tape in one pass.
///
/// Source: RFC 8259.
struct TapeBuilder {
    /// How deep arrays and objects may stand within each other: the limit of the contract, far above any Kubernetes
    /// object (a CRD's schema is about 40 deep) and far below what a thread's stack holds.
    static let maximumDepth = 128

    /// The nodes so far.
    private(set) var nodes: [TapeNode] = []
    /// Whether the builder is at a value that has no node yet; says after a fault whose path to name.
    private(set) var isInValue = false
    /// The next byte to be read.
    var position = 0

    /// Parses `bytes`, which must hold one value and nothing after it.
    mutating func build(_ bytes: Span<UInt8>) throws(TapeFault) {
        guard bytes.count <= TapeNode.maximumBytes else { throw TapeFault(.tooLong, at: 0) }
        do {
            _ = try UTF8Span(validating: bytes)
        } catch {
            throw TapeFault(.notUTF8, at: error.byteOffsets.lowerBound)
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw TapeFault(.byteOrderMark, at: 0)
        }
        // Kubernetes objects have a node for about every 12 bytes.
        nodes.reserveCapacity(bytes.count / 12 + 4)
        try value(bytes, depth: 0)
        skipSpace(bytes)
        guard position == bytes.count else { throw TapeFault(.expectedEnd, at: position) }
    }

    @inline(__always)
    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
            default: return
            }
        }
    }

    /// Skips space and the byte `expected`; false, and nothing but space is skipped, when another one is there.
    @inline(__always)
    private mutating func take(_ expected: UInt8, _ bytes: Span<UInt8>) -> Bool {
        skipSpace(bytes)
        guard position < bytes.count, bytes[position] == expected else { return false }
        position &+= 1
        return true
    }

    private mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(TapeFault) {
        isInValue = true
        skipSpace(bytes)
        guard position < bytes.count else { throw TapeFault(.expectedValue, at: position) }
        switch bytes[position] {
        case ASCII.quote: nodes.append(try string(bytes))
        case ASCII.openBrace: try object(bytes, depth: depth + 1)
        case ASCII.openBracket: try array(bytes, depth: depth + 1)
        case UInt8(ascii: "t"): try literal("true", .yes, bytes)
        case UInt8(ascii: "f"): try literal("false", .no, bytes)
        case UInt8(ascii: "n"): try literal("null", .null, bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = position
            position = try endOfNumber(in: bytes, from: start)
            nodes.append(TapeNode(.number, start: start, length: position &- start))
        default: throw TapeFault(.expectedValue, at: position)
        }
        isInValue = false
    }

    private mutating func literal(_ text: String, _ kind: TapeNode.Kind, _ bytes: Span<UInt8>) throws(TapeFault) {
        let letters = text.utf8.span
        guard
            bytes.count - position >= letters.count,
            sameBytes(bytes, at: position, letters, at: 0, count: letters.count)
        else { throw TapeFault(.expectedValue, at: position) }
        nodes.append(TapeNode(kind, start: position, length: letters.count))
        position &+= letters.count
    }

    private mutating func open(_ kind: TapeNode.Kind, depth: Int) throws(TapeFault) -> Int {
        guard depth <= Self.maximumDepth else { throw TapeFault(.tooDeep, at: position) }
        let index = nodes.count
        nodes.append(TapeNode(kind, start: position))
        isInValue = false
        position &+= 1
        return index
    }

    private mutating func array(_ bytes: Span<UInt8>, depth: Int) throws(TapeFault) {
        let index = try open(.array, depth: depth)
        if !take(ASCII.closeBracket, bytes) {
            repeat { try value(bytes, depth: depth) } while take(ASCII.comma, bytes)
            guard take(ASCII.closeBracket, bytes) else { throw TapeFault(.expectedCommaOrBracket, at: position) }
        }
        nodes[index].close(end: position, next: nodes.count)
    }

    private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(TapeFault) {
        let index = try open(.object, depth: depth)
        if !take(ASCII.closeBrace, bytes) {
            var count = 0
            var hasEscapedKey = false
            repeat {
                skipSpace(bytes)
                guard position < bytes.count, bytes[position] == ASCII.quote else {
                    throw TapeFault(count == 0 ? .expectedKeyOrEnd : .expectedKey, at: position)
                }
                let key = try string(bytes)
                nodes.append(key)
                hasEscapedKey = hasEscapedKey || key.isEscaped
                guard take(ASCII.colon, bytes) else { throw TapeFault(.expectedColon, at: position) }
                try value(bytes, depth: depth)
                count &+= 1
            } while take(ASCII.comma, bytes)
            guard take(ASCII.closeBrace, bytes) else { throw TapeFault(.expectedCommaOrBrace, at: position) }
            if count > 1 { try checkKeys(bytes, object: index, count: count, hasEscapedKey: hasEscapedKey) }
        }
        nodes[index].close(end: position, next: nodes.count)
    }
}
