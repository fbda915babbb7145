/// An object in a few bytes, of which is read what is asked for: a third of its text, and a seventh of its tree.
final class PackedObject: Sendable {
    /// What it stands in.
    let bytes: [UInt8]
    /// Where its members stand.
    let range: Range<Int>

    /// The object whose members are in the `range` of `bytes`.
    init(bytes: [UInt8], range: Range<Int>) {
        self.bytes = bytes
        self.range = range
    }

    /// How many members it has.
    var count: Int {
        var count = 0
        forEach { _, _ in
            count += 1
            return true
        }
        return count
    }

    /// Whether it has more than `limit` members; looks at no more of them.
    func hasMore(than limit: Int) -> Bool {
        var count = 0
        forEach { _, _ in
            count += 1
            return count <= limit
        }
        return count > limit
    }

    /// The members in their order.
    var members: [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        forEach { key, value in
            members.append(JSONObject.Member(key: key.text(in: bytes), value: value.value(in: bytes)))
            return true
        }
        return members
    }

    /// The value of `key`.
    subscript(key: String) -> JSONValue? {
        var found: JSONValue?
        forEach { name, value in
            guard name.hasText(key, in: bytes) else { return true }
            found = value.value(in: bytes)
            return false
        }
        return found
    }

    /// Whether both are packed as the same bytes, and so are equal.
    func isWritten(like other: PackedObject) -> Bool {
        let (bytes, others) = (bytes, other.bytes)
        let (start, second) = (range.lowerBound, other.range.lowerBound)
        return range.count == other.range.count
            && sameBytes(bytes.span, at: start, others.span, at: second, count: range.count)
    }

    /// Visits key and value of each member until `visit` says that it is enough.
    private func forEach(_ visit: (_ key: PackedNode, _ value: PackedNode) -> Bool) {
        var place = range.lowerBound
        while place < range.upperBound {
            let key = PackedNode(in: bytes, at: place)
            let value = PackedNode(in: bytes, at: key.end)
            guard visit(key, value) else { return }
            place = value.end
        }
    }
}
