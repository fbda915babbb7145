/// Short names and hashes as Kubernetes makes them.
enum SafeName {
    /// Kubernetes' alphabet for generated names: no vowels, so that no words come of it.
    private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

    /// The FNV-1a hash (32 bits) of `bytes` in up to ten characters of the alphabet.
    static func hash(_ bytes: [UInt8]) -> String {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return String(String(hash).utf8.map { alphabet[Int($0) % alphabet.count] })
    }

    /// Five characters that differ for every number below 14 million.
    static func suffix(_ number: Int) -> String {
        // The factor is coprime to 27^5, so numbers are permuted: neighbours do not look alike.
        var rest = (number &* 7_654_321) % 14_348_907
        var text = ""
        for _ in 0..<5 {
            text.append(alphabet[rest % alphabet.count])
            rest /= alphabet.count
        }
        return text
    }
}
