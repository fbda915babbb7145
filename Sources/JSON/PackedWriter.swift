/// Writes values into the fewest bytes, as `PackedNode` reads them.
struct PackedWriter {
    /// What has been written.
    private(set) var bytes: [UInt8] = []
    /// Whether this is within a text that was JSON: there is no other looked for in it.
    private var isInText = false

    /// The lengths of a text that is looked at whether it is JSON: what kubectl keeps of what was applied.
    private static let jsonLengths = 32...65_536

    /// Nothing yet.
    init() {}

    /// Appends `value` and all below it.
    mutating func append(_ value: JSONValue) {
        switch value {
        case .null: appendHead(.literal, 0)
        case .bool(let flag): appendHead(.literal, flag ? 2 : 1)
        case .number(let number): append(.number, number.text)
        case .string(let text): append(text)
        case .array(let elements): append(.array) { content in for element in elements { content.append(element) } }
        case .object(let object):
            append(.object) { content in
                for member in object {
                    content.append(key: member.key)
                    content.append(member.value)
                }
            }
        }
    }

    private mutating func append(key: String) {
        if let number = KnownTexts.numbers[ByteText(key)] { appendHead(.known, number) } else { append(.string, key) }
    }

    private mutating func append(_ text: String) {
        if let (value, kind) = json(text) {
            append(kind) { content in
                content.isInText = true
                content.append(value)
            }
        } else {
            append(key: text)
        }
    }

    /// The value that `text` is, where it is JSON and exactly as we would write it.
    private func json(_ text: String) -> (JSONValue, PackedNode.Kind)? {
        guard !isInText, text.utf8.first == ASCII.openBrace, Self.jsonLengths.contains(text.utf8.count) else {
            return nil
        }
        var bytes = Array(text.utf8)
        let isLine = bytes.last == ASCII.newline
        if isLine { bytes.removeLast() }
        do throws(JSONError) {
            let value = try JSONValue(parsing: bytes)
            return value.serialized == bytes ? (value, isLine ? .jsonLine : .json) : nil
        } catch {
            // Whatever it is, it is kept as it stands.
            return nil
        }
    }

    private mutating func append(_ kind: PackedNode.Kind, _ text: String) {
        appendHead(kind, text.utf8.count)
        bytes += text.utf8
    }

    private mutating func append(_ kind: PackedNode.Kind, _ write: (inout PackedWriter) -> Void) {
        var content = PackedWriter()
        content.isInText = isInText
        write(&content)
        appendHead(kind, content.bytes.count)
        bytes += content.bytes
    }

    private mutating func appendHead(_ kind: PackedNode.Kind, _ size: Int) {
        let short = min(size, PackedNode.shortLimit)
        bytes.append(UInt8(short) << 3 | kind.rawValue)
        guard short == PackedNode.shortLimit else { return }
        var rest = size - short
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

extension JSONValue {
    /// The same value in a few bytes, for who keeps many: what is asked of an object is read from them each time.
    ///
    /// A change of an object, or of one within it, unpacks that one and those around it. Only objects are packed.
    package var packed: JSONValue {
        guard case .object = self else { return self }
        var writer = PackedWriter()
        writer.append(self)
        // A copy has no room to grow.
        let bytes = Array(writer.bytes[...])
        return PackedNode(in: bytes.span, at: 0).value(in: bytes)
    }
}
