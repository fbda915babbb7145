/// One value within a `JSONDocument`, read in place.
package struct JSONCursor: Sendable {
    /// The document.
    package let document: JSONDocument
    let index: Int

    var node: TapeNode { document.tape[index] }

    /// The value as it is written, a string with its quotes.
    package var bytes: ArraySlice<UInt8> {
        let node = node
        let quote = node.kind == .string ? 1 : 0
        return document.bytes[(Int(node.start) - quote)..<(node.end + quote)]
    }

    /// The field's name for a message: `null`, `boolean`, `number`, `string`, `array` or `object`.
    package var typeName: String {
        switch node.kind {
        case .null: "null"
        case .no, .yes: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The string, unescaped; nil when this is no string.
    package var string: String? {
        node.kind == .string ? document.text(at: index) : nil
    }

    /// The number as its text; nil when this is none.
    package var number: JSONNumber? {
        node.kind == .number ? JSONNumber(checkedText: document.text(at: index)) : nil
    }

    /// The whole number within 64 bits (`2.0` is 2); nil when this is none.
    package var int: Int? { number?.int }

    /// The number as a double; nil when this is no number.
    package var double: Double? { number?.double }

    /// The boolean; nil when this is none.
    package var bool: Bool? {
        switch node.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// Whether this is an object.
    package var isObject: Bool { node.kind == .object }

    /// Whether this is `null`.
    package var isNull: Bool { node.kind == .null }

    /// Whether this string has the bytes of `text`; false when this is no string.
    package func isString(_ text: String) -> Bool {
        node.kind == .string && hasText(text.utf8.span, at: index)
    }

    /// This value and all below it as a tree.
    package var value: JSONValue {
        let tape = document.tape
        let bytes = document.bytes
        var place = index
        return Self.tree(tape.span, bytes.span, at: &place)
    }

    /// The tree of the node at `place`, which is moved past it.
    private static func tree(_ tape: Span<TapeNode>, _ bytes: Span<UInt8>, at place: inout Int) -> JSONValue {
        let node = tape[place]
        let end = node.next(after: place)
        place &+= 1
        switch node.kind {
        case .null: return .null
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .number: return .number(JSONNumber(checkedText: node.text(in: bytes)))
        case .string: return .string(node.text(in: bytes))
        case .array:
            var elements: [JSONValue] = []
            while place < end { elements.append(tree(tape, bytes, at: &place)) }
            return .array(elements)
        case .object:
            var members: [JSONObject.Member] = []
            while place < end {
                let key = tape[place].text(in: bytes)
                place &+= 1
                members.append(JSONObject.Member(key: key, value: tree(tape, bytes, at: &place)))
            }
            return .object(JSONObject(distinct: members))
        }
    }
}
