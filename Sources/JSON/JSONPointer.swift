// CONTRACT: implemented in the JSON work; the signatures below are what other modules build on.

/// A path to a value within another. Source: RFC 6901.
package struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
    /// The member names and indexes from the outside in, unescaped.
    package var tokens: [String]

    /// A pointer through `tokens`.
    package init(_ tokens: [String]) { self.tokens = tokens }

    /// Parses `/a/b~1c/0`; the empty text is the whole document. Nil when it begins with anything but `/` or holds a
    /// `~` that is followed by neither `0` nor `1`.
    package init?(_ text: String) { fatalError("contract") }

    /// `/a/b~1c/0`.
    package var description: String { fatalError("contract") }
}

extension JSONValue {
    /// The value at `pointer`, or nil when there is none.
    package subscript(pointer: JSONPointer) -> JSONValue? { fatalError("contract") }
}
