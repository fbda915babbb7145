internal import HTTPTypes

/// The field names that most messages have, which need not be made and put into lower case each time.
enum FieldNames {
    private static let common: [HTTPField.Name] = [
        .accept, .acceptEncoding, .authorization, .connection, .contentLength, .contentType, .date, .transferEncoding,
        .userAgent,
    ]

    /// The name that stands at `range`; nil when it is no token.
    static func name(_ bytes: Span<UInt8>, _ range: Range<Int>) -> HTTPField.Name? {
        for name in common where isSame(bytes, range, name.rawName) { return name }
        return HTTPField.Name(MessageSyntax.text(bytes, range))
    }

    /// Whether the bytes are those of `name`, in the same case: what was sent is what a caller sees.
    private static func isSame(_ bytes: Span<UInt8>, _ range: Range<Int>, _ name: String) -> Bool {
        let others = name.utf8.span
        guard others.count == range.count else { return false }
        for position in others.indices where bytes[range.lowerBound + position] != others[position] { return false }
        return true
    }
}
