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
    var count: Int { count(upTo: .max) }

    /// Whether it has more than `limit` members; looks at no more of them.
    func hasMore(than limit: Int) -> Bool { count(upTo: limit + 1) > limit }

    /// The members in their order.
    var members: [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        let bytes = bytes
        var place = range.lowerBound
        while let (key, value) = member(at: &place, before: range.upperBound, in: bytes.span) {
            members.append(JSONObject.Member(key: key.text(in: bytes), value: value.value(in: bytes)))
        }
        return members
    }

    /// The value of `key`.
    subscript(key: String) -> JSONValue? {
        let bytes = bytes
        return node(of: key, within: range, in: bytes.span)?.value(in: bytes)
    }

    /// The value of the member `key` of the object `parent`, of which nothing else is unpacked.
    subscript(parent: String, key: String) -> JSONValue? {
        let bytes = bytes
        let span = bytes.span
        guard let node = node(of: parent, within: range, in: span), node.kind == .object else { return nil }
        return self.node(of: key, within: node.start..<node.end, in: span)?.value(in: bytes)
    }

    /// The value of `key` among the members in `range`.
    private func node(of key: String, within range: Range<Int>, in span: Span<UInt8>) -> PackedNode? {
        // Taken once, as it counts its owner in and out.
        let text = key.utf8.span
        var place = range.lowerBound
        while let (name, value) = member(at: &place, before: range.upperBound, in: span) {
            if name.isKey(text, in: span) { return value }
        }
        return nil
    }

    /// Whether both are packed as the same bytes, and so are equal.
    func isWritten(like other: PackedObject) -> Bool {
        let (bytes, others) = (bytes, other.bytes)
        let (start, second) = (range.lowerBound, other.range.lowerBound)
        return range.count == other.range.count
            && sameBytes(bytes.span, at: start, others.span, at: second, count: range.count)
    }

    /// How many members it has; looks at no more than `limit`.
    private func count(upTo limit: Int) -> Int {
        let bytes = bytes
        let span = bytes.span
        var (count, place) = (0, range.lowerBound)
        while count < limit, member(at: &place, before: range.upperBound, in: span) != nil { count += 1 }
        return count
    }

    /// Key and value of the member at `place`, which is the next one's after that; nil at `end`.
    private func member(
        at place: inout Int,
        before end: Int,
        in span: Span<UInt8>
    ) -> (key: PackedNode, value: PackedNode)? {
        guard place < end else { return nil }
        let key = PackedNode(in: span, at: place)
        let value = PackedNode(in: span, at: key.end)
        place = value.end
        return (key, value)
    }
}
