/// The percent escapes of a URL and the characters of its parts, as Go's `net/url` takes them.
enum GoEscapes {
    /// Whether two hexadecimal digits follow every percent sign.
    static func areWellFormed(_ bytes: ArraySlice<UInt8>) -> Bool { decoded(bytes) { _, _ in true } != nil }

    /// Whether `bytes` may stand before the `@`.
    static func isUserInformation(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { isAlphanumeric($0) || "-._:~!$&'()*+,;=%@".utf8.contains($0) } && areWellFormed(bytes)
    }

    /// A host without its escapes, of which it may have those of bytes beyond ASCII; nil for what Go refuses.
    static func host(_ bytes: ArraySlice<UInt8>) -> String? {
        decoded(bytes) { byte, isEscaped in
            isEscaped ? byte >= 0x80 || byte == UInt8(ascii: "%") : isHostByte(byte)
        }
    }

    /// The zone of an address with its percent sign; it may have escapes of what it may hold anyway, and of spaces.
    static func zone(_ bytes: ArraySlice<UInt8>) -> String? {
        decoded(bytes) { byte, isEscaped in
            // Go takes no escapes of bytes beyond ASCII here, though it takes the bytes themselves.
            if isEscaped { return byte < 0x80 && isHostByte(byte) || byte == UInt8(ascii: "%") || byte == 0x20 }
            return isHostByte(byte)
        }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        NameText.isLetter(byte | 0x20) || NameText.isDigit(byte)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || isAlphanumeric(byte) || "!$&'()*+,;=:[]<>\"-_.~".utf8.contains(byte)
    }

    /// `bytes` without the escapes; nil where one is broken or `allows` does not take a byte.
    private static func decoded(
        _ bytes: ArraySlice<UInt8>,
        _ allows: (_ byte: UInt8, _ isEscaped: Bool) -> Bool
    ) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            let isEscaped = byte == UInt8(ascii: "%")
            var value = byte
            if isEscaped {
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                value = high << 4 | low
            }
            guard allows(value, isEscaped) else { return nil }
            result.append(value)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
