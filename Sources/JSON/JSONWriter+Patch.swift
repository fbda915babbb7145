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
            var start = 0
            while let place = firstPointerByte(in: bytes, from: start) {
                append(raw: bytes.extracting(start..<place))
                switch bytes[place] {
                case UInt8(ascii: "/"): append(raw: "~1")
                case UInt8(ascii: "~"): append(raw: "~0")
                case let byte: appendEscape(byte)
                }
                start = place + 1
            }
            append(raw: bytes.extracting(start...))
        }
    }

    /// The place, at `start` or after it, of the first byte that stands otherwise in a pointer in a string; nil when
    /// there is none.
    private func firstPointerByte(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var place = start
        // Nearly every byte is a letter, which none of them is.
        while place < bytes.count {
            let byte = bytes[place]
            if byte &- UInt8(ascii: "a") >= 26,
                byte == UInt8(ascii: "/") || byte == UInt8(ascii: "~") || Self.needsEscape(byte)
            {
                return place
            }
            place &+= 1
        }
        return nil
    }
}
