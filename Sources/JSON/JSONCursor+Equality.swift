extension JSONCursor {
    /// Whether both hold the same value: same members in any order, same elements, numbers with the same text.
    ///
    /// Makes no trees; objects whose keys stand in the same order are compared in one pass.
    package func isEqual(to other: JSONCursor) -> Bool {
        if document === other.document, index == other.index { return true }
        return isWritten(like: other) || hasSameValue(as: other, passingNulls: false)
    }

    /// Whether both are equal where a null member counts as none: then their content hashes are the same.
    package func meansTheSame(as other: JSONCursor) -> Bool {
        isWritten(like: other) || hasSameValue(as: other, passingNulls: true)
    }

    /// Whether both have the same text, byte for byte.
    package func isWritten(like other: JSONCursor) -> Bool {
        let (node, second) = (node, other.node)
        guard node.kind == second.kind, node.length == second.length else { return false }
        let (bytes, others) = (document.bytes, other.document.bytes)
        return sameBytes(bytes.span, at: Int(node.start), others.span, at: Int(second.start), count: Int(node.length))
    }

    private func hasSameValue(as other: JSONCursor, passingNulls: Bool) -> Bool {
        let node = node
        guard node.kind == other.node.kind else { return false }
        switch node.kind {
        case .null, .no, .yes: return true
        case .number, .string: return hasSameText(as: other)
        case .array: return hasSameElements(as: other, passingNulls)
        case .object: return hasSameMembers(as: other, passingNulls)
        }
    }

    private func hasSameText(as other: JSONCursor) -> Bool {
        let second = other.node
        let all = other.document.bytes
        let bytes = all.span.extracting(Int(second.start)..<second.end)
        guard second.isEscaped else { return hasText(bytes, at: index) }
        let text = unescaped(bytes)
        return hasText(text.span, at: index)
    }

    private func hasSameElements(as other: JSONCursor, _ passingNulls: Bool) -> Bool {
        var place = index + 1
        var second = other.index + 1
        let end = node.next(after: index)
        let secondEnd = other.node.next(after: other.index)
        while place < end, second < secondEnd {
            guard at(place).hasSameValue(as: other.at(second), passingNulls: passingNulls) else { return false }
            place = next(place)
            second = other.next(second)
        }
        return place == end && second == secondEnd
    }

    private func hasSameMembers(as other: JSONCursor, _ passingNulls: Bool) -> Bool {
        var key = index + 1
        var second = other.index + 1
        let end = node.next(after: index)
        let secondEnd = other.node.next(after: other.index)
        while true {
            while passingNulls, key < end, document.tape[key + 1].kind == .null { key += 2 }
            while passingNulls, second < secondEnd, other.document.tape[second + 1].kind == .null { second += 2 }
            guard key < end, second < secondEnd else { return key == end && second == secondEnd }
            guard at(key).hasSameText(as: other.at(second)) else { break }
            guard at(key + 1).hasSameValue(as: other.at(second + 1), passingNulls: passingNulls) else { return false }
            key = next(key + 1)
            second = other.next(second + 1)
        }
        return hasSameMembers(from: key, as: other, from: second, passingNulls)
    }

    /// Compares the members from `key` on with those from `second` on, which stand in another order: by a table, so
    /// that two large objects take no quadratic time.
    private func hasSameMembers(from key: Int, as other: JSONCursor, from second: Int, _ passingNulls: Bool) -> Bool {
        var table: [ByteText: Int] = [:]
        for place in other.keyIndexes where place >= second {
            if passingNulls, other.document.tape[place + 1].kind == .null { continue }
            table[ByteText(other.at(place).text)] = place + 1
        }
        var count = 0
        for place in keyIndexes where place >= key {
            if passingNulls, document.tape[place + 1].kind == .null { continue }
            count += 1
            guard let match = table[ByteText(at(place).text)],
                at(place + 1).hasSameValue(as: other.at(match), passingNulls: passingNulls)
            else { return false }
        }
        return count == table.count
    }

    private func at(_ place: Int) -> JSONCursor { JSONCursor(document: document, index: place) }

    private func next(_ place: Int) -> Int { document.tape[place].next(after: place) }

    private var text: String { document.text(at: index) }
}
