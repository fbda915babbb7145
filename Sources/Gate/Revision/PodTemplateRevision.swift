package import JSON

/// The name of a pod template's content in the first version, see `RevisionDigest`.
package enum PodTemplateRevision {
    /// 10 hex digits of a 64-bit hash of what `template` means, folded to 40 bits: equal for templates that differ only
    /// in the order of members and in null members.
    ///
    /// A hash against accident, not against an adversary: who may write the Deployment may write any template.
    package static func hash(of template: JSONValue) -> String { digits(of: template.contentHash) }

    /// The same, of a template in a request.
    static func hash(of template: JSONCursor) -> String { digits(of: template.contentHash) }

    /// `hash` folded to 40 bits, in hex digits.
    static func digits(of hash: UInt64) -> String {
        let folded = (hash >> 40) ^ (hash & 0xff_ffff_ffff)
        let digits = [UInt8](capacity: 10) { output in
            for place in stride(from: 36, through: 0, by: -4) {
                let digit = UInt8(truncatingIfNeeded: folded >> UInt64(place)) & 0xf
                output.append(digit < 10 ? digit + 0x30 : digit + 0x57)
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
