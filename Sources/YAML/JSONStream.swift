import JSON

/// Reads a stream that is one JSON text: libyaml refuses some of them, as it knows no `\ud83d\ude00`, and reads others
/// differently, as U+0085 ends a line for it.
enum JSONStream {
    /// The one document of `bytes`, or nil when they are no JSON object or array.
    static func document(in bytes: [UInt8]) -> YAMLDocument? {
        let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        do {
            let root = try JSONDocument(parsing: bytes).root
            var marker = Marker(bytes)
            marker.mark(root, at: JSONPointer([]), offset: root.bytes.startIndex)
            return YAMLDocument(value: root.value, marks: marker.marks)
        } catch {
            return nil
        }
    }

    /// Marks values; offsets must be given in rising order.
    private struct Marker {
        private(set) var marks: [JSONPointer: YAMLMark] = [:]
        private let bytes: [UInt8]
        private var offset = 0
        private var line = 1
        private var column = 1

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func mark(_ cursor: JSONCursor, at pointer: JSONPointer, offset: Int) {
            advance(to: offset)
            marks[pointer] = YAMLMark(line: line, column: column)
            for (position, element) in (cursor.elements ?? []).enumerated() {
                mark(element, at: pointer.appending(position), offset: element.bytes.startIndex)
            }
            for member in cursor.members ?? [] {
                mark(member.value, at: pointer.appending(member.key), offset: member.keyOffset)
            }
        }

        private mutating func advance(to end: Int) {
            for byte in bytes[offset..<end] {
                if byte == 0x0A {
                    line += 1
                    column = 1
                } else if byte & 0xC0 != 0x80 {
                    column += 1
                }
            }
            offset = end
        }
    }
}
