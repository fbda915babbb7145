/// One value, or one key, of a parsed text: 12 bytes, in the order in which they stand in the text.
struct TapeNode: Sendable {
    /// What a node stands for; containers come last.
    enum Kind: UInt32 {
        case null
        case no
        case yes
        case number
        case string
        case array
        case object
    }

    /// The longest text whose nodes can be counted in the 28 bits that are left for them: a node takes a byte at least.
    static let maximumBytes = (1 << 28) - 1

    private static let kindMask: UInt32 = 0b0111
    private static let escapedFlag: UInt32 = 0b1000

    /// The first byte: of a string the one after the quote.
    private(set) var start: UInt32
    /// How many bytes: of a string without the quotes.
    private(set) var length: UInt32
    /// The kind in three bits, whether a string has escapes in one, the index after the container's last node in the rest.
    private var info: UInt32

    /// A scalar at `start`, or a container that is open until `close` is called.
    init(_ kind: Kind, start: Int, length: Int = 0, isEscaped: Bool = false) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.length = UInt32(truncatingIfNeeded: length)
        info = kind.rawValue | (isEscaped ? Self.escapedFlag : 0)
    }

    /// Sets where a container ends: the byte after its bracket and the index after its last node.
    mutating func close(end: Int, next: Int) {
        length = UInt32(truncatingIfNeeded: end) - start
        info |= UInt32(truncatingIfNeeded: next) << 4
    }

    /// The node for the same bytes `bytes` further on, which stands `nodes` further on in the tape.
    func moved(by bytes: Int, nodes: Int) -> TapeNode {
        var moved = self
        moved.start &+= UInt32(truncatingIfNeeded: bytes)
        if isContainer { moved.info &+= UInt32(truncatingIfNeeded: nodes) << 4 }
        return moved
    }

    /// What the node stands for.
    var kind: Kind { Kind(rawValue: info & Self.kindMask) ?? .null }

    /// Whether a string has escapes, so that its bytes are not its text.
    var isEscaped: Bool { info & Self.escapedFlag != 0 }

    /// Whether this is an array or an object.
    var isContainer: Bool { info & Self.kindMask >= Kind.array.rawValue }

    /// Whether this is a container whose end has not been seen.
    var isOpen: Bool { isContainer && info >> 4 == 0 }

    /// The index after this node, which is at `index`, and all below it.
    func next(after index: Int) -> Int { isContainer ? Int(info >> 4) : index &+ 1 }

    /// The byte after the node's last.
    var end: Int { Int(start) &+ Int(length) }
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
