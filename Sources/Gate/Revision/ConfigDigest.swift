package import JSON
import Platform

/// The name of what a ConfigMap or Secret holds.
package enum ConfigDigest {
    /// Sixteen hex digits of the SHA-256 of `data` and `binaryData` of `config`, whatever else is on it: the values of a
    /// Secret are not to be told from its digest, as far as they cannot be guessed.
    ///
    /// Of a reduced one it is what was kept.
    package static func of(_ config: JSONValue) -> String {
        if let kept = ReducedConfig.digest(of: config) { return kept }
        var bytes: [UInt8] = []
        for section in ["data", "binaryData"] {
            let members = (config[section]?.object ?? JSONObject()).filter { !$0.value.isNull }
            guard !members.isEmpty else { continue }
            append(section, to: &bytes)
            for member in members.sorted(by: { $0.key < $1.key }) {
                append(member.key, to: &bytes)
                append(member.value.string ?? String(decoding: member.value.serialized, as: UTF8.self), to: &bytes)
            }
        }
        return SHA256.hex(of: bytes, digits: 16)
    }

    /// With its length before it, so that no two lists of texts give the same bytes.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let content = Array(text.utf8)
        bytes += Array("\(content.count):".utf8) + content
    }
}
