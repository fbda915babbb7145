/// Parses a text into a tape in one pass.
///
/// The place in the text goes from call to call by value, and the nodes into memory that is set aside once: both stay
/// in registers, which is half of the time. Source: RFC 8259.
struct TapeBuilder {
    /// How deep arrays and objects may stand within each other: the limit of the contract, far above any Kubernetes
    /// object (a CRD's schema is about 40 deep) and far below what a thread's stack holds.
    static let maximumDepth = 128

    /// The nodes so far.
    private(set) var nodes: [TapeNode] = []

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
        // Kubernetes objects have a node for about every 16 bytes; no text has more than one for every other byte.
        var fault = fill(bytes, capacity: bytes.count / 8 + 16)
        if fault?.reason == .fullTape { fault = fill(bytes, capacity: bytes.count / 2 + 2) }
        if let fault { throw fault }
    }

    /// Parses into a tape of at most `capacity` nodes; what was found before a fault is kept.
    private mutating func fill(_ bytes: Span<UInt8>, capacity: Int) -> TapeFault? {
        var fault: TapeFault?
        nodes = Array(capacity: capacity) { nodes in
            do throws(TapeFault) {
                let end = skipSpace(bytes, from: try value(bytes, at: skipSpace(bytes, from: 0), depth: 0, &nodes))
                if end != bytes.count { fault = TapeFault(.expectedEnd, at: end) }
            } catch {
                fault = error
            }
        }
        return fault
    }

    /// The place of the first byte at `start` or after it that is no space; what machines write has none.
    @inline(__always)
    private func skipSpace(_ bytes: Span<UInt8>, from start: Int) -> Int {
        start < bytes.count && bytes[start] <= 0x20 ? skipSpaces(bytes, from: start) : start
    }

    /// Whether `mark` stands at `place`, which is moved behind any space before it.
    @inline(__always)
    private func isAt(_ mark: UInt8, _ bytes: Span<UInt8>, _ place: inout Int) -> Bool {
        if place < bytes.count, bytes[place] == mark { return true }
        place = skipSpace(bytes, from: place)
        return place < bytes.count && bytes[place] == mark
    }

    @inline(never)
    private func skipSpaces(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case 0x20, 0x0A, 0x0D, 0x09: place &+= 1
            default: return place
            }
        }
        return place
    }

    @inline(__always)
    func append(_ node: TapeNode, at place: Int, _ nodes: inout OutputSpan<TapeNode>) throws(TapeFault) {
        guard nodes.freeCapacity > 0 else { throw TapeFault(.fullTape, at: place) }
        nodes.append(node)
    }

    /// Reads the value whose first byte is at `start`; the place after it.
    func value(
        _ bytes: Span<UInt8>,
        at start: Int,
        depth: Int,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int {
        guard start < bytes.count else { throw TapeFault(.expectedValue, at: start, isInValue: true) }
        switch bytes[start] {
        case ASCII.openBrace: return try object(bytes, at: start, depth: depth &+ 1, &nodes)
        case ASCII.openBracket: return try array(bytes, at: start, depth: depth &+ 1, &nodes)
        default:
            do throws(TapeFault) {
                let (node, end) = try scalar(bytes, at: start)
                try append(node, at: start, &nodes)
                return end
            } catch {
                throw TapeFault(error.reason, at: error.offset, isInValue: true)
            }
        }
    }

    @inline(__always)
    private func scalar(_ bytes: Span<UInt8>, at start: Int) throws(TapeFault) -> (TapeNode, end: Int) {
        switch bytes[start] {
        case ASCII.quote:
            let node = try string(bytes, at: start)
            return (node, node.end &+ 1)
        case UInt8(ascii: "t"): return try literal("true", .yes, bytes, at: start)
        case UInt8(ascii: "f"): return try literal("false", .no, bytes, at: start)
        case UInt8(ascii: "n"): return try literal("null", .null, bytes, at: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let end = try endOfNumber(in: bytes, from: start)
            return (TapeNode(.number, start: start, length: end &- start), end)
        default: throw TapeFault(.expectedValue, at: start)
        }
    }

    private func literal(
        _ text: StaticString,
        _ kind: TapeNode.Kind,
        _ bytes: Span<UInt8>,
        at start: Int
    ) throws(TapeFault) -> (TapeNode, end: Int) {
        let count = text.utf8CodeUnitCount
        let isThere =
            bytes.count &- start >= count
            && text.withUTF8Buffer { letters in
                sameBytes(bytes, at: start, unsafe letters.span, at: 0, count: count)
            }
        guard isThere else { throw TapeFault(.expectedValue, at: start) }
        return (TapeNode(kind, start: start, length: count), start &+ count)
    }

    @inline(__always)
    private func open(
        _ kind: TapeNode.Kind,
        at start: Int,
        depth: Int,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int {
        guard depth <= Self.maximumDepth else { throw TapeFault(.tooDeep, at: start, isInValue: true) }
        let index = nodes.count
        try append(TapeNode(kind, start: start), at: start, &nodes)
        return index
    }

    @inline(__always)
    private func close(_ index: Int, end: Int, _ nodes: inout OutputSpan<TapeNode>) {
        let next = nodes.count
        var written = nodes.mutableSpan
        written[index].close(end: end, next: next)
    }

    private func array(
        _ bytes: Span<UInt8>,
        at start: Int,
        depth: Int,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int {
        var models = NoModels()
        return try array(bytes, at: start, depth: depth, &models, &nodes)
    }

    private func object(
        _ bytes: Span<UInt8>,
        at start: Int,
        depth: Int,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int {
        var models = SiblingModels()
        return try object(bytes, at: start, depth: depth, &models, &nodes)
    }

    /// Reads an array, the elements of which may repeat `models`.
    @inline(__always)
    func array(
        _ bytes: Span<UInt8>,
        at start: Int,
        depth: Int,
        _ models: inout some ModelSource,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int {
        let index = try open(.array, at: start, depth: depth, &nodes)
        var place = skipSpace(bytes, from: start &+ 1)
        if place == bytes.count || bytes[place] != ASCII.closeBracket {
            while true {
                let model = models.next(nil, at: place, bytes, nodes.span)
                place = try value(bytes, at: place, depth: depth, like: model, &nodes)
                guard isAt(ASCII.comma, bytes, &place) else { break }
                place = skipSpace(bytes, from: place &+ 1)
            }
            guard place < bytes.count, bytes[place] == ASCII.closeBracket else {
                throw TapeFault(.expectedCommaOrBracket, at: place)
            }
        }
        close(index, end: place &+ 1, &nodes)
        return place &+ 1
    }

    /// Reads an object, the values of which may repeat `models`.
    @inline(__always)
    func object(
        _ bytes: Span<UInt8>,
        at start: Int,
        depth: Int,
        _ models: inout some ModelSource,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int {
        let index = try open(.object, at: start, depth: depth, &nodes)
        var place = skipSpace(bytes, from: start &+ 1)
        if place == bytes.count || bytes[place] != ASCII.closeBrace {
            var keys = KeyFilter(object: index)
            while true {
                guard place < bytes.count, bytes[place] == ASCII.quote else {
                    throw TapeFault(keys.count == 0 ? .expectedKeyOrEnd : .expectedKey, at: place)
                }
                let key = try string(bytes, at: place)
                try append(key, at: place, &nodes)
                try keys.take(key, in: bytes, nodes.span)
                place = key.end &+ 1
                guard isAt(ASCII.colon, bytes, &place) else { throw TapeFault(.expectedColon, at: place) }
                place = skipSpace(bytes, from: place &+ 1)
                let model = models.next(key, at: place, bytes, nodes.span)
                place = try value(bytes, at: place, depth: depth, like: model, &nodes)
                guard isAt(ASCII.comma, bytes, &place) else { break }
                place = skipSpace(bytes, from: place &+ 1)
            }
            guard place < bytes.count, bytes[place] == ASCII.closeBrace else {
                throw TapeFault(.expectedCommaOrBrace, at: place)
            }
            try keys.finish(in: bytes, nodes.span)
        }
        close(index, end: place &+ 1, &nodes)
        return place &+ 1
    }
}
