extension JSONCursor {
    /// One member of an object.
    package struct Member: Sendable {
        /// The member's name, unescaped.
        package let key: String
        /// The byte of the document at which the name's quote stands.
        package let keyOffset: Int
        /// The member's value.
        package let value: JSONCursor
    }

    /// The member `key` of an object; nil when this is no object or has no such member.
    package subscript(key: StaticString) -> JSONCursor? { cursor(at: place(of: key, in: index)) }

    /// The member `key` of the member `parent` of an object; nil where one of them is missing.
    package subscript(parent: StaticString, key: StaticString) -> JSONCursor? {
        cursor(at: place(of: parent, in: index).flatMap { place(of: key, in: $0) })
    }

    /// The member `key` of an object, for a name known at run time.
    package subscript(key: String) -> JSONCursor? { cursor(at: place(of: key.utf8.span, in: index)) }

    /// The string that the member `key` is; nil when there is none, or it is no string.
    package func string(at key: StaticString) -> String? {
        guard let place = place(of: key, in: index), document.tape[place].kind == .string else { return nil }
        return document.text(at: place)
    }

    /// The element at `position` of an array; nil when this is no array or is too short.
    package subscript(position: Int) -> JSONCursor? {
        guard node.kind == .array, position >= 0 else { return nil }
        var place = index + 1
        let end = node.next(after: index)
        for _ in 0..<position where place < end { place = document.tape[place].next(after: place) }
        return place < end ? JSONCursor(document: document, index: place) : nil
    }

    /// The elements of an array; nil when this is none.
    package var elements: [JSONCursor]? {
        guard node.kind == .array else { return nil }
        var elements: [JSONCursor] = []
        var place = index + 1
        let end = node.next(after: index)
        while place < end {
            elements.append(JSONCursor(document: document, index: place))
            place = document.tape[place].next(after: place)
        }
        return elements
    }

    /// The members of an object in their order, keys unescaped; nil when this is none.
    package var members: [Member]? {
        guard node.kind == .object else { return nil }
        return keyIndexes.map { key in
            Member(
                key: document.text(at: key),
                keyOffset: Int(document.tape[key].start) - 1,
                value: JSONCursor(document: document, index: key + 1)
            )
        }
    }

    /// The keys of an object in their order, unescaped; nil when this is none.
    package var keys: [String]? {
        guard node.kind == .object else { return nil }
        return keyIndexes.map { document.text(at: $0) }
    }

    /// How many elements or members; nil when this is neither array nor object.
    package var count: Int? {
        switch node.kind {
        case .object: keyIndexes.count
        case .array: elements?.count
        default: nil
        }
    }

    /// The indexes of an object's keys on the tape.
    var keyIndexes: [Int] {
        var indexes: [Int] = []
        var key = index + 1
        let end = node.next(after: index)
        while key < end {
            indexes.append(key)
            key = document.tape[key + 1].next(after: key + 1)
        }
        return indexes
    }

    /// Whether the string or key at `place` has the bytes of `text`.
    func hasText(_ text: Span<UInt8>, at place: Int) -> Bool {
        let node = document.tape[place]
        let bytes = document.bytes
        if node.isEscaped {
            let own = unescaped(bytes.span.extracting(Int(node.start)..<node.end))
            return own.count == text.count && sameBytes(own.span, at: 0, text, at: 0, count: text.count)
        }
        guard Int(node.length) == text.count else { return false }
        return sameBytes(bytes.span, at: Int(node.start), text, at: 0, count: text.count)
    }

    private func cursor(at place: Int?) -> JSONCursor? {
        place.map { JSONCursor(document: document, index: $0) }
    }

    private func place(of key: StaticString, in object: Int) -> Int? {
        // The buffer is used within the call only.
        key.withUTF8Buffer { buffer in place(of: unsafe buffer.span, in: object) }
    }

    /// Where the value of `key` stands in the object at `object`; nil when that is none, or has no such member.
    private func place(of key: Span<UInt8>, in object: Int) -> Int? {
        let nodes = document.tape
        let text = document.bytes
        let tape = nodes.span
        guard tape[object].kind == .object else { return nil }
        let bytes = text.span
        var place = object &+ 1
        let end = tape[object].next(after: object)
        while place < end {
            let node = tape[place]
            if node.isEscaped
                ? hasText(key, at: place)
                : Int(node.length) == key.count && sameBytes(bytes, at: Int(node.start), key, at: 0, count: key.count)
            {
                return place &+ 1
            }
            place = tape[place &+ 1].next(after: place &+ 1)
        }
        return nil
    }
}
