/// A parsed JSON text: its bytes and a tape over them.
///
/// Immutable, shared freely between threads.
package final class JSONDocument: Sendable {
    /// The text's bytes.
    package let bytes: [UInt8]
    /// The values and keys in the text's order; never empty.
    let tape: [TapeNode]

    /// Parses `bytes` (UTF-8, no byte order mark), which must hold one value and nothing after it.
    ///
    /// - Parameter bytes: the text, at most 256 MiB.
    /// - Throws: `JSONError` for bad UTF-8, a control character in a string, a bad escape or lone surrogate, a leading
    ///   zero, nesting beyond 128, a key that stands twice in an object, bytes after the value.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        var builder = TapeBuilder()
        do {
            try builder.build(bytes.span)
        } catch {
            throw JSONError(error, in: bytes, builder: builder)
        }
        self.bytes = bytes
        tape = builder.nodes
    }

    /// The whole value.
    package var root: JSONCursor { JSONCursor(document: self, index: 0) }

    /// The text of the string, key or number at `place` on the tape, unescaped.
    func text(at place: Int) -> String {
        let bytes = bytes
        return tape[place].text(in: bytes.span)
    }
}

extension JSONValue {
    /// Parses `bytes`, which must hold one value and nothing after it.
    ///
    /// - Parameter bytes: the text, at most 256 MiB.
    /// - Throws: `JSONError`, as `JSONDocument.init(parsing:)`.
    package init(parsing bytes: [UInt8]) throws(JSONError) { self = try JSONDocument(parsing: bytes).root.value }

    /// Parses `text`, which must hold one value and nothing after it.
    ///
    /// - Parameter text: the text, at most 256 MiB.
    /// - Throws: `JSONError`, as `JSONDocument.init(parsing:)`.
    package init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }
}
