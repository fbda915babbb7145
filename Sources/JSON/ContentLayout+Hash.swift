extension JSONCursor {
    /// The content hash of what `filter` leaves of this value; nil where only a tree can tell, which is when something
    /// that a rule is about is written with escapes or is of a kind that the rule does not expect.
    package func contentHash(by filter: ContentFilter) -> UInt64? {
        let (tape, bytes) = (document.tape, document.bytes)
        var isDoubtful = false
        let hash = filter.layout.hash(document, tape.span, bytes.span, at: index, by: 0, &isDoubtful)
        return isDoubtful ? nil : hash
    }
}

extension ContentLayout {
    /// The hash of the value at `index`, of which the rules at `place` hold, but for the condition; nil where it is left
    /// out.
    fileprivate func hash(
        _ document: JSONDocument,
        _ tape: Span<TapeNode>,
        _ bytes: Span<UInt8>,
        at index: Int,
        by place: UInt16,
        _ isDoubtful: inout Bool
    ) -> UInt64? {
        switch tape[index].kind {
        case .object: return object(document, tape, bytes, at: index, by: places[Int(place)], &isDoubtful)
        case .array: return array(document, tape, bytes, at: index, by: places[Int(place)].element, &isDoubtful)
        default: return scalar(document, tape, bytes, at: index, by: places[Int(place)], &isDoubtful)
        }
    }

    private func object(
        _ document: JSONDocument,
        _ tape: Span<TapeNode>,
        _ bytes: Span<UInt8>,
        at index: Int,
        by place: Place,
        _ isDoubtful: inout Bool
    ) -> UInt64? {
        var sum: UInt64 = 0
        var count: UInt64 = 0
        var next = index &+ 1
        let end = tape[index].next(after: index)
        while next < end {
            let key = tape[next]
            let child = next &+ 1
            next = tape[child].next(after: child)
            if key.isEscaped, place.hasNames { isDoubtful = true }
            let kind = tape[child].kind
            if kind == .null || kind == .array && next == child &+ 1 { continue }
            if isCut(key, bytes, by: place, &isDoubtful) { continue }
            let hash: UInt64
            if let inner = member(key, bytes, of: place) {
                if places[Int(inner)].condition != nil,
                    isLeftOut(document, tape[child], at: child, by: places[Int(inner)], in: index, &isDoubtful)
                {
                    continue
                }
                guard let inside = self.hash(document, tape, bytes, at: child, by: inner, &isDoubtful) else { continue }
                hash = inside
            } else if let spelling = place.memberSpelling, kind == .number || kind == .string {
                hash = spelled(document, at: child, by: spelling).contentHash
            } else {
                hash = JSONCursor.contentHash(tape, bytes, of: child)
            }
            sum &+= ContentHash.mixed(JSONCursor.text(key, bytes, after: ContentHash.string), hash)
            count &+= 1
        }
        return count == 0 && place.isLeftOutEmpty ? nil : ContentHash.mixed(ContentHash.object ^ sum, count)
    }

    private func array(
        _ document: JSONDocument,
        _ tape: Span<TapeNode>,
        _ bytes: Span<UInt8>,
        at index: Int,
        by element: UInt16?,
        _ isDoubtful: inout Bool
    ) -> UInt64 {
        guard let element else { return JSONCursor.contentHash(tape, bytes, of: index) }
        var hash = ContentHash.array
        var count: UInt64 = 0
        var place = index &+ 1
        let end = tape[index].next(after: index)
        while place < end {
            let inside = self.hash(document, tape, bytes, at: place, by: element, &isDoubtful)
            hash = ContentHash.mixed(hash, inside ?? ContentHash.null)
            count &+= 1
            place = tape[place].next(after: place)
        }
        return ContentHash.mixed(hash, count)
    }

    private func scalar(
        _ document: JSONDocument,
        _ tape: Span<TapeNode>,
        _ bytes: Span<UInt8>,
        at index: Int,
        by place: Place,
        _ isDoubtful: inout Bool
    ) -> UInt64? {
        let node = tape[index]
        if let spelling = place.spelling, node.kind == .number || node.kind == .string {
            let value = spelled(document, at: index, by: spelling)
            return values[Int(place.constants.lowerBound)..<Int(place.constants.upperBound)].contains(value)
                ? nil : value.contentHash
        }
        for constant in place.constants where constants[Int(constant)].kind == node.kind {
            if node.isEscaped { isDoubtful = true }
            let letters = constants[Int(constant)].letters
            if node.kind == .yes || node.kind == .no || isWritten(node, bytes, like: letters) { return nil }
        }
        return JSONCursor.contentHash(tape, bytes, of: index)
    }

    private func spelled(_ document: JSONDocument, at index: Int, by spelling: UInt16) -> JSONValue {
        spellings[Int(spelling)](JSONCursor(document: document, index: index).value)
    }

    /// Whether the member at `index` of the object at `object` is left out for what stands beside it.
    private func isLeftOut(
        _ document: JSONDocument,
        _ node: TapeNode,
        at index: Int,
        by place: Place,
        in object: Int,
        _ isDoubtful: inout Bool
    ) -> Bool {
        guard let condition = place.condition else { return false }
        guard !node.isContainer, place.spelling == nil else {
            isDoubtful = true
            return false
        }
        let (name, isLeftOut) = conditions[Int(condition)]
        guard let beside = JSONCursor(document: document, index: object)[name] else { return false }
        return isLeftOut(JSONCursor(document: document, index: index).value, beside.value)
    }

    /// The place of the member `key`; nil where it has none of its own.
    @inline(__always)
    private func member(_ key: TapeNode, _ bytes: Span<UInt8>, of place: Place) -> UInt16? {
        guard place.marks != 0 else { return nil }
        let mix = KeyFilter.mix(key, bytes)
        guard place.marks & 1 << (mix >> 58) != 0 else { return nil }
        let start = Int(place.members.lowerBound)
        let end = Int(place.members.upperBound)
        // Mixes lie evenly, so that the first one of this size is near where it would be among so many.
        var index = start &+ Int(truncatingIfNeeded: ((mix >> 32) &* UInt64(truncatingIfNeeded: end &- start)) >> 32)
        while index > start, names[index &- 1].mix >= mix { index &-= 1 }
        while index < end, names[index].mix < mix { index &+= 1 }
        while index < end, names[index].mix == mix {
            let name = names[index]
            // The mix tells names of the same length apart by their first eight bytes.
            if Int(key.length) == name.letters.count,
                name.letters.count <= 8 || isWritten(key, bytes, like: name.letters)
            {
                return name.place
            }
            index &+= 1
        }
        return nil
    }

    /// Whether the member `key` is left out.
    private func isCut(_ key: TapeNode, _ bytes: Span<UInt8>, by place: Place, _ isDoubtful: inout Bool) -> Bool {
        for cut in place.cuts {
            let name = names[Int(cut)]
            guard name.isPrefix else {
                if isWritten(key, bytes, like: name.letters) { return true }
                continue
            }
            let count = name.letters.count
            guard Int(key.length) >= count, isWritten(key, bytes, beginning: name.letters) else { continue }
            // What follows may be an accent, which makes another character of the last one.
            if Int(key.length) > count, bytes[Int(key.start) &+ count] >= 0x80 { isDoubtful = true }
            return true
        }
        return false
    }

    /// Whether the text of `node` is `letters`.
    private func isWritten(_ node: TapeNode, _ bytes: Span<UInt8>, like letters: Range<UInt16>) -> Bool {
        Int(node.length) == letters.count && isWritten(node, bytes, beginning: letters)
    }

    /// Whether the text of `node`, which is as long at least, begins with `letters`.
    private func isWritten(_ node: TapeNode, _ bytes: Span<UInt8>, beginning letters: Range<UInt16>) -> Bool {
        sameBytes(bytes, at: Int(node.start), self.letters.span, at: Int(letters.lowerBound), count: letters.count)
    }
}
