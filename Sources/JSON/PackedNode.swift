/// One value at one place in packed bytes.
///
/// A byte says what it is in three bits and how long in five; where five are too few, they are all ones and the rest of
/// the length follows, seven bits a byte, the lowest first.
struct PackedNode {
    /// What a value is.
    enum Kind: UInt8 {
        /// `null`, `false` or `true`: the length says which.
        case literal
        case number
        case string
        /// One of `KnownTexts`: the length says which.
        case known
        case array
        /// Members, each a text and a value.
        case object
        /// A string that is JSON as we write it: the value follows.
        case json
        /// The same with a line's end behind it, which kubectl writes.
        case jsonLine
    }

    /// Lengths from here on do not fit into the first byte.
    static let shortLimit = 31

    /// What it is.
    let kind: Kind
    /// How many bytes its content has, or which text or literal it is.
    let size: Int
    /// Where its content begins.
    let start: Int

    /// The value at `place`.
    init(in bytes: Span<UInt8>, at place: Int) {
        let first = bytes[place]
        var size = Int(first >> 3)
        var place = place + 1
        if size == Self.shortLimit {
            var shift = 0
            while true {
                let byte = bytes[place]
                place += 1
                size += Int(byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 { break }
            }
        }
        kind = Kind(rawValue: first & 0b111) ?? .literal
        self.size = size
        start = place
    }

    /// The place after it.
    var end: Int { kind == .literal || kind == .known ? start : start + size }

    /// The text of a string or number of `bytes`; of a key likewise.
    func text(in bytes: [UInt8]) -> String {
        switch kind {
        case .known: KnownTexts.all[size]
        case .json: PackedNode(in: bytes.span, at: start).value(in: bytes).text
        case .jsonLine: PackedNode(in: bytes.span, at: start).value(in: bytes).text + "\n"
        case .literal, .number, .string, .array, .object: String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }

    /// Whether it is the key `text`; keys are written in two ways.
    func isKey(_ text: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
        switch kind {
        case .known: KnownTexts.table.isText(size, text)
        case .string: text.count == size && sameBytes(bytes, at: start, text, at: 0, count: size)
        case .literal, .number, .array, .object, .json, .jsonLine: false
        }
    }

    /// The value in `bytes`; objects in it stay packed.
    func value(in bytes: [UInt8]) -> JSONValue {
        switch kind {
        case .literal: return size == 0 ? .null : .bool(size == 2)
        case .number: return .number(JSONNumber(checkedText: text(in: bytes)))
        case .string, .known, .json, .jsonLine: return .string(text(in: bytes))
        case .array:
            var elements: [JSONValue] = []
            var place = start
            while place < end {
                let node = PackedNode(in: bytes.span, at: place)
                elements.append(node.value(in: bytes))
                place = node.end
            }
            return .array(elements)
        case .object: return .object(JSONObject(PackedObject(bytes: bytes, range: start..<end)))
        }
    }
}
