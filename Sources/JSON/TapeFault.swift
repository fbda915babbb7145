/// What the tape's builder stumbled over; made into a `JSONError` afterwards, so that the way without faults pays nothing.
struct TapeFault: Error {
    enum Reason {
        case tooLong
        case notUTF8
        case byteOrderMark
        case expectedValue
        case expectedKey
        case expectedKeyOrEnd
        case expectedColon
        case expectedCommaOrBrace
        case expectedCommaOrBracket
        case expectedEnd
        case openString
        case controlCharacter
        case unknownEscape
        case expectedHexDigits
        case loneSurrogate
        case expectedDigit
        case leadingZero
        case tooDeep
        case duplicateKey
        case fullTape
    }

    let reason: Reason
    /// The byte at which the fault is.
    let offset: Int
    /// Whether it is in a value that has no node yet: says whose path to name.
    let isInValue: Bool

    init(_ reason: Reason, at offset: Int, isInValue: Bool = false) {
        self.reason = reason
        self.offset = offset
        self.isInValue = isInValue
    }
}

extension TapeFault {
    /// The reason in words; of the text it names only what is faulty.
    func text(in bytes: [UInt8]) -> String {
        switch reason {
        case .tooLong: "the text has \(bytes.count) bytes, expected at most \(TapeNode.maximumBytes)"
        case .notUTF8: "the text is not UTF-8"
        case .byteOrderMark: "a byte order mark, expected none"
        case .expectedValue: "expected a value"
        case .expectedKey: "expected a key"
        case .expectedKeyOrEnd: "expected a key or }"
        case .expectedColon: "expected :"
        case .expectedCommaOrBrace: "expected , or }"
        case .expectedCommaOrBracket: "expected , or ]"
        case .expectedEnd: "expected nothing after the value"
        case .openString: "the string does not end"
        case .controlCharacter: "the control character U+\(hex(bytes[offset])) stands unescaped in a string"
        case .unknownEscape: "unknown escape in a string"
        case .expectedHexDigits: "expected four hex digits after \\u"
        case .loneSurrogate: "half of a surrogate pair stands alone"
        case .expectedDigit: "expected a digit"
        case .leadingZero: "a number begins with a zero"
        case .tooDeep: "nesting beyond \(TapeBuilder.maximumDepth)"
        case .fullTape: "the text has more values than bytes allow"
        case .duplicateKey: "the key \(quotedKey(in: bytes)) stands twice"
        }
    }

    private func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    /// The key at whose quote the fault is, as it stands in the text, cut where it is very long.
    private func quotedKey(in bytes: [UInt8]) -> String {
        let limit = 80
        var end = offset + 1
        while bytes[end] != ASCII.quote { end += bytes[end] == ASCII.backslash ? 2 : 1 }
        let key = String(decoding: bytes[(offset + 1)..<end], as: UTF8.self)
        return key.count > limit ? "\"\(key.prefix(limit))…\"" : "\"\(key)\""
    }
}
