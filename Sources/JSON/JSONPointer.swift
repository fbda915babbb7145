/// A path to a value within another.
///
/// Source: RFC 6901.
package struct JSONPointer: Sendable, CustomStringConvertible {
    /// The member names and indexes from the outside in, unescaped.
    package var tokens: [String]

    /// A pointer through `tokens`.
    package init(_ tokens: [String]) { self.tokens = tokens }

    /// Parses `/a/b~1c/0`; the empty text is the whole document.
    ///
    /// Nil when it begins with anything but `/` or holds a `~` that is followed by neither `0` nor `1`.
    package init?(_ text: String) {
        tokens = []
        guard let first = text.utf8.first else { return }
        guard first == UInt8(ascii: "/") else { return nil }
        for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
    }

    /// `/a/b~1c/0`.
    package var description: String {
        var text: [UInt8] = []
        for token in tokens {
            text.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): text.append(contentsOf: "~0".utf8)
                case UInt8(ascii: "/"): text.append(contentsOf: "~1".utf8)
                default: text.append(byte)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A pointer's text for a message: on one line, the end of a very long one.
    static func shown(_ text: String) -> String {
        let limit = 200
        let line = TextPlace.oneLine(text)
        return line.count > limit ? "…\(line.suffix(limit))" : line
    }

    /// The description for a message.
    var shown: String { Self.shown(description) }

    /// The pointer to `token` within this one's value.
    package func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

    /// The pointer to the element `index` of this one's value.
    package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    private static func unescaped(_ part: Substring.UTF8View) -> String? {
        var text: [UInt8] = []
        var rest = part
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                text.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): text.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): text.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The element that `token` names: digits without a leading zero; nil for any other text, and for `-`.
    static func elementIndex(_ token: String) -> Int? {
        guard token.utf8.allSatisfy(ASCII.isDigit), token == "0" || token.utf8.first != UInt8(ascii: "0") else {
            return nil
        }
        return Int(token)
    }
}

extension JSONPointer: Hashable {
    /// Pointers are equal when their tokens have the same bytes.
    package static func == (left: JSONPointer, right: JSONPointer) -> Bool {
        left.tokens.count == right.tokens.count && zip(left.tokens, right.tokens).allSatisfy(sameText)
    }

    /// Hashes the tokens.
    package func hash(into hasher: inout Hasher) {
        for token in tokens { hasher.combine(ByteText(token)) }
    }
}

extension JSONValue {
    /// The value at `pointer`, or nil when there is none.
    package subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            let child: JSONValue? =
                switch value {
                case .object(let members): members[token]
                case .array: JSONPointer.elementIndex(token).flatMap { value[$0] }
                default: nil
                }
            guard let child else { return nil }
            value = child
        }
        return value
    }
}
