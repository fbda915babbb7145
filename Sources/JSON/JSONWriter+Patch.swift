extension JSONWriter {
    /// Appends `patch` as RFC 6902 writes it.
    mutating func append(_ patch: JSONPatch) {
        append(raw: "[")
        var isFirst = true
        for operation in patch.operations {
            if !isFirst { append(raw: ",") }
            isFirst = false
            switch operation {
            case .add(let path, let value): append(#"{"op":"add","path":""#, path, value)
            case .remove(let path): append(#"{"op":"remove","path":""#, path)
            case .replace(let path, let value): append(#"{"op":"replace","path":""#, path, value)
            case .move(let from, let path): append(#"{"op":"move","from":""#, from, #"","path":""#, path)
            case .copy(let from, let path): append(#"{"op":"copy","from":""#, from, #"","path":""#, path)
            case .test(let path, let value): append(#"{"op":"test","path":""#, path, value)
            }
        }
        append(raw: "]")
    }

    private mutating func append(_ head: StaticString, _ path: JSONPointer, _ value: JSONValue) {
        append(raw: head)
        append(path)
        append(raw: #"","value":"#)
        append(value)
        append(raw: "}")
    }

    private mutating func append(_ head: StaticString, _ path: JSONPointer) {
        append(raw: head)
        append(path)
        append(raw: #""}"#)
    }

    private mutating func append(
        _ head: StaticString,
        _ from: JSONPointer,
        _ middle: StaticString,
        _ path: JSONPointer
    ) {
        append(raw: head)
        append(from)
        append(middle, path)
    }

    /// Appends what `pointer` is as a string, without quotes.
    private mutating func append(_ pointer: JSONPointer) {
        // By index, as a token that is taken out is counted in and out again.
        for index in pointer.tokens.indices {
            append(raw: "/")
            let bytes = pointer.tokens[index].utf8.span
            for place in bytes.indices {
                switch bytes[place] {
                case UInt8(ascii: "/"): append(raw: "~1")
                case UInt8(ascii: "~"): append(raw: "~0")
                case let byte: appendEscaped(byte)
                }
            }
        }
    }
}
