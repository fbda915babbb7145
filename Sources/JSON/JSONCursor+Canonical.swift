extension JSONCursor {
    /// What `value.canonical` is, made without a tree.
    package var canonical: [UInt8] {
        let (tape, text) = (document.tape, document.bytes)
        // It is never longer than what it is made of: blanks and null members go, and no escape is shorter than ours.
        return Array(capacity: bytes.count) { output in
            var writer = CanonicalWriter()
            writer.append(index, tape.span, text.span, to: &output)
        }
    }
}

/// Writes what stands on a tape in canonical form: keys sorted by their bytes, null members left out.
private struct CanonicalWriter {
    /// Up to how many keys are sorted by insertion, which takes no time for those that are sorted already.
    private static let insertionLimit = 16

    /// The keys of the objects that are open, innermost last.
    private var keys: [Int] = []

    /// Appends the value at `place` on `tape`.
    mutating func append(
        _ place: Int,
        _ tape: Span<TapeNode>,
        _ text: Span<UInt8>,
        to output: inout OutputSpan<UInt8>
    ) {
        let node = tape[place]
        switch node.kind {
        case .null, .no, .yes, .number: copy(node.start, node.length, of: text, to: &output)
        case .string: append(node, text, to: &output)
        case .array:
            output.append(ASCII.openBracket)
            var element = place &+ 1
            let end = node.next(after: place)
            while element < end {
                if element > place &+ 1 { output.append(ASCII.comma) }
                append(element, tape, text, to: &output)
                element = tape[element].next(after: element)
            }
            output.append(ASCII.closeBracket)
        case .object: appendObject(place, tape, text, to: &output)
        }
    }

    private mutating func appendObject(
        _ place: Int,
        _ tape: Span<TapeNode>,
        _ text: Span<UInt8>,
        to output: inout OutputSpan<UInt8>
    ) {
        let first = keys.count
        var key = place &+ 1
        let end = tape[place].next(after: place)
        while key < end {
            if tape[key &+ 1].kind != .null { keys.append(key) }
            key = tape[key &+ 1].next(after: key &+ 1)
        }
        sortKeys(from: first, tape, text)
        output.append(ASCII.openBrace)
        let last = keys.count
        for position in first..<last {
            if position > first { output.append(ASCII.comma) }
            let key = keys[position]
            append(tape[key], text, to: &output)
            output.append(ASCII.colon)
            append(key &+ 1, tape, text, to: &output)
        }
        keys.removeLast(last - first)
        output.append(ASCII.closeBrace)
    }

    private mutating func sortKeys(from first: Int, _ tape: Span<TapeNode>, _ text: Span<UInt8>) {
        if keys.count - first > Self.insertionLimit {
            // No span can go into the closure.
            let named = keys[first...].map { (key: $0, name: Array(tape[$0].text(in: text).utf8)) }
            keys.replaceSubrange(
                first...,
                with: named.sorted { $0.name.lexicographicallyPrecedes($1.name) }.map(\.key)
            )
            return
        }
        for position in keys.indices.dropFirst(first + 1) {
            let key = keys[position]
            var hole = position
            while hole > first, Self.precedes(tape[key], tape[keys[hole - 1]], text) {
                keys[hole] = keys[hole - 1]
                hole -= 1
            }
            keys[hole] = key
        }
    }

    private static func precedes(_ left: TapeNode, _ right: TapeNode, _ text: Span<UInt8>) -> Bool {
        if left.isEscaped || right.isEscaped {
            return left.text(in: text).utf8.lexicographicallyPrecedes(right.text(in: text).utf8)
        }
        let count = min(Int(left.length), Int(right.length))
        for offset in 0..<count {
            let (one, other) = (text[Int(left.start) &+ offset], text[Int(right.start) &+ offset])
            if one != other { return one < other }
        }
        return left.length < right.length
    }

    private func append(_ string: TapeNode, _ text: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
        if string.isEscaped {
            // Written as the writer writes it, however it was written before.
            for byte in JSONValue.string(string.text(in: text)).serialized { output.append(byte) }
        } else {
            copy(string.start &- 1, string.length &+ 2, of: text, to: &output)
        }
    }

    @inline(__always)
    private func copy(_ start: UInt32, _ count: UInt32, of text: Span<UInt8>, to output: inout OutputSpan<UInt8>) {
        let part = text.extracting(Int(start)..<Int(start &+ count))
        precondition(output.freeCapacity >= part.count, "the canonical form is no longer than the text")
        unsafe part.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                // The part fits into what is free behind the bytes that are there.
                unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
                    .copyMemory(from: source)
                initialized += source.count
            }
        }
    }
}
