package import JSON

/// The name of a pod template's content.
package enum PodTemplateRevision {
    /// 10 hex digits of a 64-bit hash of `template` in canonical form, folded to 40 bits: equal for templates that
    /// differ only in the order of members and in null members.
    package static func hash(of template: JSONValue) -> String { hash(ofCanonical: template.canonical) }

    /// The same, of a template's canonical form.
    ///
    /// Eight bytes at a time, the last ones filled up with zeros and the length added: both halves of the product with
    /// an odd constant are put over each other, so that each bit of the text reaches each bit of the hash. A hash
    /// against accident, not against an adversary: who may write the Deployment may write any template.
    static func hash(ofCanonical text: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        let bytes = unsafe text.span.bytes
        let whole = bytes.byteCount & ~7
        for offset in stride(from: 0, to: whole, by: 8) {
            // Eight bytes from `offset` are inside the span; the load checks it once more.
            hash = mixed(hash, unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
        }
        var rest: UInt64 = 0
        for byte in text[whole...].reversed() { rest = rest << 8 | UInt64(byte) }
        hash = mixed(mixed(hash, rest), UInt64(text.count))
        let folded = (hash >> 40) ^ (hash & 0xff_ffff_ffff)
        let digits = String(folded, radix: 16)
        return String(repeating: "0", count: 10 - digits.count) + digits
    }

    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        return product.high ^ product.low
    }
}
