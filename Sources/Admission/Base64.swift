/// Base64 with the standard alphabet and padding.
///
/// Source: RFC 4648 section 4.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Appends the encoding of `bytes` to `output`.
    static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + (bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let rest = bytes.count - index
            let second = rest > 1 ? bytes[index + 1] : 0
            let third = rest > 2 ? bytes[index + 2] : 0
            output.append(alphabet[Int(bytes[index] >> 2)])
            output.append(alphabet[Int(bytes[index] & 0x03) << 4 | Int(second >> 4)])
            output.append(rest > 1 ? alphabet[Int(second & 0x0f) << 2 | Int(third >> 6)] : UInt8(ascii: "="))
            output.append(rest > 2 ? alphabet[Int(third & 0x3f)] : UInt8(ascii: "="))
            index += 3
        }
    }
}
