internal import HTTPTypes

/// The grammar of RFC 9110 and RFC 9112 that both directions share.
enum MessageSyntax {
    static let carriageReturn: UInt8 = 13
    static let lineFeed: UInt8 = 10
    static let space: UInt8 = 32
    static let tab: UInt8 = 9
    static let colon: UInt8 = 58

    /// Whether `byte` may stand in a token: a method or a field name.
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case 0x21, 0x23...0x27, 0x2a, 0x2b, 0x2d, 0x2e, 0x5e, 0x5f, 0x60, 0x7c, 0x7e: true
        default: false
        }
    }

    /// Whether `byte` may stand in a field value.
    static func isFieldValue(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7f || byte == tab }

    /// The header fields of `head`, each line of which ends in CRLF, from `start` on.
    ///
    /// - Throws: `MessageFault` for a folded line, space before the colon, a bad name or value, or too many.
    static func fields(in head: ArraySlice<UInt8>, limit: Int) throws(MessageFault) -> HTTPFields {
        var fields = HTTPFields()
        var count = 0
        var start = head.startIndex
        while start < head.endIndex {
            guard let end = head[start...].firstIndex(of: carriageReturn), head[end + 1] == lineFeed else {
                throw .malformed("a carriage return within a header field")
            }
            if end == start { return fields }
            count += 1
            guard count <= limit else { throw .tooManyFields(limit) }
            fields.append(try field(head[start..<end]))
            start = end + 2
        }
        return fields
    }

    private static func field(_ line: ArraySlice<UInt8>) throws(MessageFault) -> HTTPField {
        if line.first == space || line.first == tab { throw .malformed("a folded header field") }
        guard let mark = line.firstIndex(of: colon) else { throw .malformed("a header field without colon") }
        let name = line[..<mark]
        guard !name.isEmpty, name.allSatisfy(isToken),
            let fieldName = HTTPField.Name(String(decoding: name, as: UTF8.self))
        else { throw .malformed("a header field's name is no token") }
        var value = line[(mark + 1)...]
        while let first = value.first, first == space || first == tab { value.removeFirst() }
        while let last = value.last, last == space || last == tab { value.removeLast() }
        guard value.allSatisfy(isFieldValue) else { throw .malformed("a control character in a header field") }
        return HTTPField(name: fieldName, value: String(decoding: value, as: UTF8.self))
    }

    /// The body's length as the fields declare it; nil when they declare none.
    ///
    /// - Throws: `MessageFault` when it is declared twice or is no plain decimal number.
    static func contentLength(_ fields: HTTPFields) throws(MessageFault) -> Int? {
        let values = fields[values: .contentLength]
        guard let text = values.first else { return nil }
        guard values.count == 1 else { throw .malformed("more than one content-length") }
        // 18 digits fit into Int.
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(text)
        else { throw .malformed("content-length is no number") }
        return length
    }

    /// Whether the body is chunked.
    ///
    /// - Throws: `MessageFault` for another transfer coding.
    static func isChunked(_ fields: HTTPFields) throws(MessageFault) -> Bool {
        let values = fields[values: .transferEncoding]
        if values.isEmpty { return false }
        let codings = values.flatMap { elements(of: $0) }
        if codings.count == 1, isEqual(codings[0], "chunked") { return true }
        let others = ["gzip", "deflate", "compress"]
        if let last = codings.last, isEqual(last, "chunked"),
            codings.dropLast().allSatisfy({ coding in others.contains { isEqual(coding, $0) } })
        {
            throw MessageFault(status: 501, reason: "a transfer coding besides chunked")
        }
        throw .malformed("transfer-encoding is not chunked")
    }

    /// Whether a comma-separated field lists `token`, in any case.
    static func lists(_ token: String, in name: HTTPField.Name, of fields: HTTPFields) -> Bool {
        let values = fields[values: name]
        if values.isEmpty { return false }
        return values.contains { value in elements(of: value).contains { isEqual($0, token) } }
    }

    /// Whether `text` is `token`, written in lower case, but for the case of ASCII letters.
    ///
    /// `String.lowercased()` would take the Kelvin sign for a k, and let in a `chunked` that no one else sees.
    static func isEqual(_ text: Substring, _ token: String) -> Bool {
        text.utf8.count == token.utf8.count
            && zip(text.utf8, token.utf8).allSatisfy { byte, lower in
                byte == lower || (0x41...0x5a).contains(byte) && byte | 0x20 == lower
            }
    }

    /// The parts between commas, without the blanks round them.
    private static func elements(of value: String) -> [Substring] {
        value.split(separator: ",", omittingEmptySubsequences: false).map { part in
            var part = part
            while part.first == " " || part.first == "\t" { part.removeFirst() }
            while part.last == " " || part.last == "\t" { part.removeLast() }
            return part
        }
    }
}
