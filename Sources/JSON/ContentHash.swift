/// 64 bits for what a value means to Kubernetes: the order of an object's members and its null members do not count,
/// how numbers are written does.
///
/// Defined on the value, so that it is the same for a cursor and for a tree:
///
/// - a text (a key, a string, a number as it is written): its UTF-8 eight bytes at a time, little-endian, the last ones
///   filled up with zeros, then its length, each mixed with what came before;
/// - an array: its elements in order, then their number;
/// - an object: the sum of what its members give, each of them its key mixed with its value, then their number.
///
/// The kind is what a mix begins with. A hash against accident, not against an adversary.
enum ContentHash {
    static let null: UInt64 = 1
    static let no: UInt64 = 2
    static let yes: UInt64 = 3
    static let number: UInt64 = 4
    static let string: UInt64 = 5
    static let array: UInt64 = 6
    static let object: UInt64 = 7

    /// Both halves of a product of the two, each put over an odd constant before, so that each bit of both reaches each
    /// bit of the result.
    @inline(__always)
    static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(by: word ^ 0xd1b5_4a32_d192_ed03)
        return product.high ^ product.low
    }

    /// What the `count` bytes of `bytes` from `start` give after `kind`.
    @inline(__always)
    static func text(_ bytes: Span<UInt8>, from start: Int, count: Int, after kind: UInt64) -> UInt64 {
        var hash = kind
        var place = start
        let end = start &+ count
        while place &+ 8 <= end {
            hash = mixed(hash, word(bytes, at: place))
            place &+= 8
        }
        var rest: UInt64 = 0
        if place < end, place &+ 8 <= bytes.count {
            // There are eight bytes, those that are not the text's are taken out again.
            rest = word(bytes, at: place) & ~(UInt64.max &<< UInt64(truncatingIfNeeded: (end &- place) &<< 3))
        } else {
            for position in stride(from: end &- 1, through: place, by: -1) {
                rest = rest << 8 | UInt64(bytes[position])
            }
        }
        return mixed(mixed(hash, rest), UInt64(truncatingIfNeeded: count))
    }

    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, at place: Int) -> UInt64 {
        // The load checks that there are eight bytes.
        unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
    }

    /// What `text` gives after `kind`.
    static func text(_ text: String, after kind: UInt64) -> UInt64 {
        let bytes = text.utf8.span
        return self.text(bytes, from: 0, count: bytes.count, after: kind)
    }
}

extension JSONValue {
    /// 64 bits for what the value means to Kubernetes: equal for values that differ only in the order of members and in
    /// null members.
    package var contentHash: UInt64 {
        switch self {
        case .null: return ContentHash.null
        case .bool(let flag): return flag ? ContentHash.yes : ContentHash.no
        case .number(let number): return ContentHash.text(number.text, after: ContentHash.number)
        case .string(let text): return ContentHash.text(text, after: ContentHash.string)
        case .array(let elements):
            var hash = ContentHash.array
            for element in elements { hash = ContentHash.mixed(hash, element.contentHash) }
            return ContentHash.mixed(hash, UInt64(elements.count))
        case .object(let object):
            var sum: UInt64 = 0
            var count: UInt64 = 0
            for member in object.members where !member.value.isNull {
                let key = ContentHash.text(member.key, after: ContentHash.string)
                sum &+= ContentHash.mixed(key, member.value.contentHash)
                count += 1
            }
            return ContentHash.mixed(ContentHash.object ^ sum, count)
        }
    }
}

extension JSONCursor {
    /// What `value.contentHash` is, made without a tree.
    package var contentHash: UInt64 {
        let (tape, bytes) = (document.tape, document.bytes)
        return Self.contentHash(tape.span, bytes.span, of: index)
    }

    /// The hash of the node at `place` and all below it.
    static func contentHash(_ tape: Span<TapeNode>, _ bytes: Span<UInt8>, of place: Int) -> UInt64 {
        var place = place
        return contentHash(tape, bytes, at: &place)
    }

    /// The hash of the node at `place`, which is moved past it.
    private static func contentHash(_ tape: Span<TapeNode>, _ bytes: Span<UInt8>, at place: inout Int) -> UInt64 {
        let node = tape[place]
        let end = node.next(after: place)
        place &+= 1
        switch node.kind {
        case .null: return ContentHash.null
        case .no: return ContentHash.no
        case .yes: return ContentHash.yes
        case .number: return text(node, bytes, after: ContentHash.number)
        case .string: return text(node, bytes, after: ContentHash.string)
        case .array:
            var hash = ContentHash.array
            var count: UInt64 = 0
            while place < end {
                hash = ContentHash.mixed(hash, contentHash(tape, bytes, at: &place))
                count &+= 1
            }
            return ContentHash.mixed(hash, count)
        case .object:
            var sum: UInt64 = 0
            var count: UInt64 = 0
            while place < end {
                let key = tape[place]
                place &+= 1
                guard tape[place].kind != .null else {
                    place &+= 1
                    continue
                }
                let name = text(key, bytes, after: ContentHash.string)
                sum &+= ContentHash.mixed(name, contentHash(tape, bytes, at: &place))
                count &+= 1
            }
            return ContentHash.mixed(ContentHash.object ^ sum, count)
        }
    }

    /// What the text of `node`, a string, number or key, gives after `kind`.
    @inline(__always)
    static func text(_ node: TapeNode, _ bytes: Span<UInt8>, after kind: UInt64) -> UInt64 {
        guard node.isEscaped else {
            return ContentHash.text(bytes, from: Int(node.start), count: Int(node.length), after: kind)
        }
        let text = unescaped(bytes.extracting(Int(node.start)..<node.end))
        return ContentHash.text(text.span, from: 0, count: text.count, after: kind)
    }
}
