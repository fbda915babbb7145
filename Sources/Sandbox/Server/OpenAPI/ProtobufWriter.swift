/// Writes the fields of one protobuf message.
///
/// Source: protobuf encoding.
struct ProtobufWriter {
    /// The message so far.
    private(set) var bytes: [UInt8] = []

    /// Adds a text, unless it is empty.
    mutating func add(_ field: Int, _ text: String) {
        guard !text.isEmpty else { return }
        add(field, Array(text.utf8))
    }

    /// Adds a message that `write` fills in.
    mutating func add(_ field: Int, _ write: (inout ProtobufWriter) -> Void) {
        var inner = ProtobufWriter()
        write(&inner)
        add(field, inner.bytes)
    }

    private mutating func add(_ field: Int, _ content: [UInt8]) {
        addNumber(UInt64(field) << 3 | 2)
        addNumber(UInt64(content.count))
        bytes += content
    }

    private mutating func addNumber(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
