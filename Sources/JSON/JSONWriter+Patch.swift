extension JSONWriter {
    /// Appends `patch` as RFC 6902 writes it.
    mutating func append(_ patch: JSONPatch) {
        append(raw: "[")
        var isFirst = true
        for operation in patch.operations {
            append(raw: isFirst ? #"{"op":""# : #",{"op":""#)
            isFirst = false
            switch operation {
            case .add(let path, let value): append("add", at: path, value)
            case .remove(let path): append("remove", at: path)
            case .replace(let path, let value): append("replace", at: path, value)
            case .move(let from, let path): append("move", from: from, at: path)
            case .copy(let from, let path): append("copy", from: from, at: path)
            case .test(let path, let value): append("test", at: path, value)
            }
            append(raw: "}")
        }
        append(raw: "]")
    }

    private mutating func append(
        _ name: StaticString,
        from: JSONPointer? = nil,
        at path: JSONPointer,
        _ value: JSONValue? = nil
    ) {
        append(raw: name)
        if let from {
            append(raw: #"","from":""#)
            append(from)
        }
        append(raw: #"","path":""#)
        append(path)
        append(raw: "\"")
        guard let value else { return }
        append(raw: #","value":"#)
        append(value)
    }

    /// Appends what `pointer` is as a string, without quotes.
    private mutating func append(_ pointer: JSONPointer) {
        // By index, as a token that is taken out is counted in and out again.
        for index in pointer.tokens.indices {
            append(raw: "/")
            let bytes = pointer.tokens[index].utf8.span
            var start = 0
            for place in bytes.indices where bytes[place] == UInt8(ascii: "/") || bytes[place] == UInt8(ascii: "~") {
                appendEscaped(bytes.extracting(start..<place))
                append(raw: bytes[place] == UInt8(ascii: "/") ? "~1" : "~0")
                start = place + 1
            }
            appendEscaped(bytes.extracting(start...))
        }
    }
}
