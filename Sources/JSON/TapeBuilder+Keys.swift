extension TapeBuilder {
    /// Up to how many keys are compared each with each, which is faster than hashing them.
    private static let pairwiseLimit = 16

    /// Throws when a key stands twice in the object at `object`, whose `count` members are the tape's last nodes.
    func checkKeys(_ bytes: Span<UInt8>, object: Int, count: Int, hasEscapedKey: Bool) throws(TapeFault) {
        if hasEscapedKey || count > Self.pairwiseLimit {
            try checkKeysByHash(bytes, object: object, count: count)
            return
        }
        var key = nodes[object + 1].next(after: object + 1)
        key = nodes[key].next(after: key)
        while key < nodes.count {
            let node = nodes[key]
            var other = object + 1
            while other < key {
                let candidate = nodes[other]
                if candidate.length == node.length,
                    sameBytes(
                        bytes,
                        at: Int(candidate.start),
                        bytes,
                        at: Int(node.start),
                        count: Int(node.length)
                    )
                {
                    throw TapeFault(.duplicateKey, at: Int(node.start) - 1)
                }
                other = nodes[other + 1].next(after: other + 1)
            }
            key = nodes[key + 1].next(after: key + 1)
        }
    }

    /// Keys are looked up by a hash that is seeded anew in each process, so nobody can write keys that collide.
    private func checkKeysByHash(_ bytes: Span<UInt8>, object: Int, count: Int) throws(TapeFault) {
        var seen: Set<ByteText> = []
        seen.reserveCapacity(count)
        var key = object + 1
        while key < nodes.count {
            let node = nodes[key]
            guard seen.insert(ByteText(node.text(in: bytes))).inserted else {
                throw TapeFault(.duplicateKey, at: Int(node.start) - 1)
            }
            key = nodes[key + 1].next(after: key + 1)
        }
    }
}

extension TapeNode {
    /// The text of a string or number, unescaped.
    func text(in bytes: Span<UInt8>) -> String {
        let raw = bytes.extracting(Int(start)..<end)
        if isEscaped { return String(decoding: unescaped(raw), as: UTF8.self) }
        // The whole text was found to be UTF-8, and a string begins and ends between characters.
        return String(copying: unsafe UTF8Span(unchecked: raw))
    }
}
