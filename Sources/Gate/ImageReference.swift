/// A container image's name taken apart: `registry:5000/team/app:1.2@sha256:…`.
struct ImageReference {
    /// Registry and path, `registry:5000/team/app`.
    let repository: Substring
    /// Tag and digest with the sign before them, `:1.2@sha256:…`; empty without.
    let suffix: Substring

    init(_ text: String) {
        let bytes = text.utf8
        let name = bytes[..<(bytes.firstIndex(of: UInt8(ascii: "@")) ?? bytes.endIndex)]
        let lastSlash = name.lastIndex(of: UInt8(ascii: "/")) ?? name.startIndex
        let colon = name[lastSlash...].lastIndex(of: UInt8(ascii: ":")) ?? name.endIndex
        repository = text[..<colon]
        suffix = text[colon...]
    }

    /// `stefanprodan/podinfo:3.1.0 -> 3.1.1`: the repository once where only what stands behind it changes.
    static func change(from old: String, to new: String) -> String {
        let (before, after) = (ImageReference(old), ImageReference(new))
        guard before.repository == after.repository, let sign = before.suffix.utf8.first,
            sign == after.suffix.utf8.first
        else {
            return "\(old) -> \(new)"
        }
        return "\(old) -> \(after.suffix.dropFirst())"
    }
}
