/// Names of hosts as Contour's CRD wants them.
enum HostName {
    /// Whether `text` is labels of lower case letters, digits and inner hyphens.
    static func isName(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            guard let first = label.utf8.first, let last = label.utf8.last else { return false }
            let hyphen = UInt8(ascii: "-")
            return first != hyphen && last != hyphen && label.utf8.allSatisfy(isNameByte)
        }
    }

    /// Whether `text` is a name, with at most one `*.` in front.
    static func isPattern(_ text: String) -> Bool {
        isName(text.hasPrefix("*.") ? String(text.dropFirst(2)) : text)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
