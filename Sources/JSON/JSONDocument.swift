// CONTRACT: implemented in the JSON work; the signatures below are what other modules build on.

/// A parsed JSON text: its bytes and a tape over them. Immutable, shared freely between threads.
package final class JSONDocument: Sendable {
    /// The text's bytes.
    package let bytes: [UInt8]

    /// Parses `bytes` (UTF-8, no byte order mark), which must hold one value and nothing after it.
    ///
    /// - Throws: `JSONError` for bad UTF-8, a control character in a string, a bad escape or lone surrogate, a leading
    ///   zero, nesting beyond 128, a key that stands twice in an object, bytes after the value.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        self.bytes = bytes
        fatalError("contract")
    }

    /// The whole value.
    package var root: JSONCursor { JSONCursor(document: self, index: 0) }
}

/// One value within a `JSONDocument`, read in place.
package struct JSONCursor: Sendable {
    /// The document.
    package let document: JSONDocument
    let index: Int

    /// The member `key` of an object; nil when this is no object or has no such member.
    package subscript(key: StaticString) -> JSONCursor? { fatalError("contract") }

    /// The member `key` of an object, for a name known at run time.
    package subscript(key: String) -> JSONCursor? { fatalError("contract") }

    /// The string, unescaped; nil when this is no string.
    package var string: String? { value.string }

    /// The whole number; nil when this is none.
    package var int: Int? { value.int }

    /// The boolean; nil when this is none.
    package var bool: Bool? { value.bool }

    /// Whether this is `null`.
    package var isNull: Bool { value.isNull }

    /// The elements of an array; nil when this is none.
    package var elements: [JSONCursor]? { fatalError("contract") }

    /// This value and all below it as a tree.
    package var value: JSONValue { fatalError("contract") }

    /// Whether both hold the same value: same members in any order, same elements, numbers with the same text.
    package func isEqual(to other: JSONCursor) -> Bool { value == other.value }
}

extension JSONValue {
    /// Parses `bytes`, which must hold one value and nothing after it.
    ///
    /// - Throws: `JSONError`, as `JSONDocument.init(parsing:)`.
    package init(parsing bytes: [UInt8]) throws(JSONError) { self = try JSONDocument(parsing: bytes).root.value }

    /// Parses `text`, which must hold one value and nothing after it.
    ///
    /// - Throws: `JSONError`, as `JSONDocument.init(parsing:)`.
    package init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }
}
