/// Finds a key that stands twice in an object while the object is parsed.
///
/// A word of 64 bits remembers which keys have been there, by a few bits of each: nearly every key finds its bit clear
/// and is compared with none. In small objects a key that finds it set is compared with those before it; large objects,
/// and such with a key that could be spelled in another way, are looked at once more when they are whole.
struct KeyFilter {
    /// Up to how many keys are compared one by one, which is faster than hashing them.
    private static let comparisonLimit = 16

    /// How many keys there have been.
    private(set) var count = 0
    private let object: Int
    private var seen: UInt64 = 0
    private var isDoubtful = false

    /// No key yet of the object whose node has the index `object`.
    init(object: Int) { self.object = object }

    /// Takes in `key`, the last of `nodes`.
    ///
    /// - Throws: `TapeFault` when it stands before in the object.
    @inline(__always)
    mutating func take(_ key: TapeNode, in bytes: Span<UInt8>, _ nodes: Span<TapeNode>) throws(TapeFault) {
        let mark: UInt64 = 1 << (Self.mix(key, bytes) >> 58)
        let isNew = seen & mark == 0
        seen |= mark
        count &+= 1
        if key.isEscaped && Self.hasOtherSpellings(key, bytes) || !isNew && count > Self.comparisonLimit {
            isDoubtful = true
        } else if !isNew {
            try compare(nodes.count &- 1, in: bytes, nodes)
        }
    }

    /// Looks at the whole object where keys were left in doubt.
    ///
    /// - Throws: `TapeFault` for a key that stands twice.
    func finish(in bytes: Span<UInt8>, _ nodes: Span<TapeNode>) throws(TapeFault) {
        guard isDoubtful, count > 1 else { return }
        // Keys are looked up by a hash that is seeded anew in each process, so nobody can write keys that collide.
        var seen: Set<ByteText> = []
        seen.reserveCapacity(count)
        var key = object &+ 1
        while key < nodes.count {
            let node = nodes[key]
            guard seen.insert(ByteText(node.text(in: bytes))).inserted else {
                throw TapeFault(.duplicateKey, at: Int(node.start) - 1)
            }
            key = nodes[key &+ 1].next(after: key &+ 1)
        }
    }

    private func compare(_ key: Int, in bytes: Span<UInt8>, _ nodes: Span<TapeNode>) throws(TapeFault) {
        let node = nodes[key]
        var other = object &+ 1
        while other < key {
            let candidate = nodes[other]
            if candidate.length == node.length,
                sameBytes(bytes, at: Int(candidate.start), bytes, at: Int(node.start), count: Int(node.length))
            {
                throw TapeFault(.duplicateKey, at: Int(node.start) - 1)
            }
            other = nodes[other &+ 1].next(after: other &+ 1)
        }
    }

    /// Whether an escape of `key` is one that could be left out or written differently.
    ///
    /// A quote, a backslash and the five control characters with a letter of their own are nearly always written in the
    /// one short way, as in the keys of `managedFields`; then equal keys have equal bytes.
    private static func hasOtherSpellings(_ key: TapeNode, _ bytes: Span<UInt8>) -> Bool {
        var place = Int(key.start)
        while place < key.end {
            guard bytes[place] == ASCII.backslash else {
                place &+= 1
                continue
            }
            let letter = bytes[place &+ 1]
            if letter == UInt8(ascii: "u") || letter == UInt8(ascii: "/") { return true }
            place &+= 2
        }
        return false
    }

    /// A number of the key's length and first eight bytes whose upper bits depend on all of them.
    @inline(__always)
    static func mix(_ key: TapeNode, _ bytes: Span<UInt8>) -> UInt64 {
        let start = Int(key.start)
        var word: UInt64 = 0
        if start &+ 8 <= bytes.count {
            // The eight bytes are inside the span; the load checks it once more.
            word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
            if key.length < 8 { word &= (1 << (UInt64(key.length) &* 8)) &- 1 }
        } else {
            for place in (start..<min(start &+ 8, key.end)).reversed() { word = word << 8 | UInt64(bytes[place]) }
        }
        return (word ^ UInt64(key.length)) &* 0x9E37_79B9_7F4A_7C15
    }
}
