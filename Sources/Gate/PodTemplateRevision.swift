package import JSON

/// The name of a pod template's content.
package enum PodTemplateRevision {
    /// 10 hex digits of the 64-bit FNV-1a hash of `template` in canonical form, folded to 40 bits: equal for templates
    /// that differ only in the order of members and in null members.
    ///
    /// A hash against accident, not against an adversary: who may write the Deployment may write any template.
    package static func hash(of template: JSONValue) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in template.canonical {
            hash ^= UInt64(byte)
            hash &*= 0x0000_0100_0000_01b3
        }
        let folded = (hash >> 40) ^ (hash & 0xff_ffff_ffff)
        let digits = String(folded, radix: 16)
        return String(repeating: "0", count: 10 - digits.count) + digits
    }
}
