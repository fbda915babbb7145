extension JSONCursor {
    /// Whether both hold the same value: same members in any order, same elements, numbers with the same text.
    ///
    /// Makes no trees; objects whose keys stand in the same order are compared in one pass.
    package func isEqual(to other: JSONCursor) -> Bool {
        if document === other.document, index == other.index { return true }
        return bytes == other.bytes || hasSameValue(as: other)
    }

    private func hasSameValue(as other: JSONCursor) -> Bool {
        let node = node
        let second = other.node
        guard node.kind == second.kind else { return false }
        switch node.kind {
        case .null, .no, .yes: return true
        case .number: return hasSameText(as: other)
        case .string: return hasSameText(as: other)
        case .array: return hasSameElements(as: other)
        case .object: return hasSameMembers(as: other)
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

    private func hasSameElements(as other: JSONCursor) -> Bool {
        var place = index + 1
        var second = other.index + 1
        let end = node.next(after: index)
        let secondEnd = other.node.next(after: other.index)
        while place < end, second < secondEnd {
            guard at(place).hasSameValue(as: other.at(second)) else { return false }
            place = document.tape[place].next(after: place)
            second = other.document.tape[second].next(after: second)
        }
        return place == end && second == secondEnd
    }

    /// Once a key stands in another place the other object's keys are put into a table, so that two large objects in
    /// different orders take no quadratic time.
    private func hasSameMembers(as other: JSONCursor) -> Bool {
        let keys = keyIndexes
        let others = other.keyIndexes
        guard keys.count == others.count else { return false }
        var table: [ByteText: Int] = [:]
        for (key, second) in zip(keys, others) {
            var match = second
            if !at(key).hasSameText(as: other.at(second)) {
                if table.isEmpty {
                    for place in others { table[ByteText(other.at(place).text)] = place }
                }
                guard let found = table[ByteText(at(key).text)] else { return false }
                match = found
            }
            guard at(key + 1).hasSameValue(as: other.at(match + 1)) else { return false }
        }
        return true
    }

    private func at(_ place: Int) -> JSONCursor { JSONCursor(document: document, index: place) }

    private var text: String { document.text(at: index) }
}
