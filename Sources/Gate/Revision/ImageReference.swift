/// A container image's name taken apart: `registry:5000/team/app:1.2@sha256:…`.
struct ImageReference {
    private let text: String
    /// Where tag and digest begin, with the sign before them; the end without.
    private let suffix: Int

    init(_ text: String) {
        let bytes = text.utf8.span
        var colon: Int?
        var end = bytes.count
        scan: for place in bytes.indices {
            switch bytes[place] {
            case UInt8(ascii: ":"): colon = place
            case UInt8(ascii: "/"): colon = nil
            case UInt8(ascii: "@"):
                end = place
                break scan
            default: break
            }
        }
        self.text = text
        suffix = colon ?? end
    }

    /// The pull policy that the API server writes for a container with this image: `Always` for the tag `latest`, and
    /// where there is neither tag nor digest.
    var pullPolicy: String {
        let bytes = text.utf8.span
        var digest = suffix
        while digest < bytes.count, bytes[digest] != UInt8(ascii: "@") { digest += 1 }
        let start = suffix < bytes.count && bytes[suffix] == UInt8(ascii: ":") ? suffix + 1 : digest
        if start == digest { return digest < bytes.count ? "IfNotPresent" : "Always" }
        let latest = "latest".utf8.span
        let isLatest =
            digest - start == latest.count
            && Self.haveSameStart(bytes.extracting(start...), latest, count: latest.count)
        return isLatest ? "Always" : "IfNotPresent"
    }

    /// Appends `stefanprodan/podinfo:3.1.0 -> 3.1.1`: the repository once where only what stands behind it changes.
    static func appendChange(from old: String, to new: String, to text: inout [UInt8]) {
        let (before, after) = (ImageReference(old), ImageReference(new))
        // Up to the sign, and with it.
        let start = after.suffix + 1
        text.append(contentsOf: old.utf8)
        text.append(contentsOf: " -> ".utf8)
        let isShort = before.suffix == after.suffix && haveSameStart(old.utf8.span, new.utf8.span, count: start)
        text.append(contentsOf: new.utf8.dropFirst(isShort ? start : 0))
    }

    private static func haveSameStart(_ left: Span<UInt8>, _ right: Span<UInt8>, count: Int) -> Bool {
        guard count <= left.count, count <= right.count else { return false }
        for place in 0..<count where left[place] != right[place] { return false }
        return true
    }
}
