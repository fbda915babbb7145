internal import HTTPTypes

extension MessageSyntax {
    /// The header fields of `head` up to its empty line, which must be there.
    ///
    /// - Throws: `MessageFault` for a field that is none, or too many.
    static func fields(in head: ArraySlice<UInt8>, limit: Int) throws(MessageFault) -> HTTPFields {
        var fields = HTTPFields()
        var count = 0
        var position = 0
        while let line = try FieldLine(in: head.span, at: position) {
            count += 1
            guard count <= limit else { throw .tooManyFields(limit) }
            guard let name = FieldNames.name(head.span, line.name) else {
                throw .malformed("a header field's name is no token")
            }
            fields.append(HTTPField(name: name, value: text(head.span, line.value)))
            position = line.end
        }
        return fields
    }

    /// The body's length as the fields declare it; nil when they declare none.
    ///
    /// - Throws: `MessageFault` when it is declared twice or is no plain decimal number.
    static func contentLength(_ fields: HTTPFields) throws(MessageFault) -> Int? {
        let values = fields[values: .contentLength]
        guard let text = values.first else { return nil }
        guard values.count == 1 else { throw .malformed("more than one content-length") }
        return try contentLength(text.utf8.span, 0..<text.utf8.count)
    }

    /// The length that stands at `range`.
    ///
    /// - Throws: `MessageFault` when it is no plain decimal number.
    static func contentLength(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(MessageFault) -> Int {
        // 18 digits fit into Int.
        guard (1...18).contains(range.count) else { throw .malformed("content-length is no number") }
        var length = 0
        for position in range {
            let byte = bytes[position]
            guard isDigit(byte) else { throw .malformed("content-length is no number") }
            length = length &* 10 &+ Int(byte &- 0x30)
        }
        return length
    }

    /// Whether the body is chunked.
    ///
    /// - Throws: `MessageFault` for another transfer coding.
    static func isChunked(_ fields: HTTPFields) throws(MessageFault) -> Bool {
        var coding = TransferCoding()
        for value in fields[values: .transferEncoding] { coding.add(value.utf8.span, 0..<value.utf8.count) }
        return try coding.isChunked()
    }

    /// Whether a comma-separated field lists `token`, in any case.
    static func lists(_ token: StaticString, in name: HTTPField.Name, of fields: HTTPFields) -> Bool {
        for field in fields where field.name == name {
            let value = field.value
            var rest: Range<Int>? = 0..<value.utf8.count
            while let element = takeElement(value.utf8.span, of: &rest) {
                if isEqual(value.utf8.span, element, token) { return true }
            }
        }
        return false
    }
}
