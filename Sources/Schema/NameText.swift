/// Checks of names and other short texts, byte by byte.
enum NameText {
    static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Whether `text` is one part of a DNS name.
    static func isLabel(_ text: some StringProtocol) -> Bool { text.utf8.count <= 63 && isPart(text) }

    /// Whether `text` is a DNS name.
    ///
    /// Kubernetes limits its length as a whole and not that of its parts.
    static func isSubdomain(_ text: String) -> Bool {
        text.utf8.count <= 253 && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isPart)
    }

    /// Whether `text` may name a port of a container.
    static func isServiceName(_ text: String) -> Bool {
        text.utf8.count <= 15 && isPart(text) && !text.contains("--") && text.utf8.contains(where: isLetter)
    }

    /// Whether `text` may be the value of a label; none at all may.
    static func isLabelValue(_ text: String) -> Bool {
        func isInner(_ byte: UInt8) -> Bool { isOuter(byte) || [0x2D, 0x2E, 0x5F].contains(byte) }
        func isOuter(_ byte: UInt8) -> Bool { isLetter(byte | 0x20) || isDigit(byte) }
        let bytes = text.utf8
        return bytes.count <= 63 && bytes.allSatisfy(isInner)
            && [bytes.first, bytes.last].allSatisfy { $0.map(isOuter) ?? true }
    }

    private static func isPart(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        let hyphen = UInt8(ascii: "-")
        guard let first = bytes.first, let last = bytes.last, first != hyphen, last != hyphen else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == hyphen }
    }

    /// `text` in lower case with `-` for what a name may not hold; nil when that is no name either.
    static func suggestion(for text: String, allowingDots: Bool) -> String? {
        let mapped = text.lowercased().map { character -> Character in
            guard let byte = character.asciiValue else { return "-" }
            return isLetter(byte) || isDigit(byte) || (allowingDots && character == ".") ? character : "-"
        }
        let result = String(mapped)
        let isRight = allowingDots ? isSubdomain(result) : isLabel(result) && result.utf8.first.map(isLetter) == true
        return isRight ? result : nil
    }
}

/// Checks of URLs.
///
/// Source: RFC 3986, the part of it that an HTTP client needs.
enum URLText {
    /// Whether `text` is an absolute http or https URL with a host and a possible port.
    static func isHTTP(_ text: String) -> Bool {
        let schemes = ["http://", "https://"]
        guard let scheme = schemes.first(where: { text.lowercased().hasPrefix($0) }) else { return false }
        let rest = text.dropFirst(scheme.count)
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") }) else { return false }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let hostAndPort = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        if hostAndPort.first == "[" { return hostAndPort.contains("]") }
        let parts = hostAndPort.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, !host.contains("[") else { return false }
        guard parts.count == 2 else { return true }
        return Int(parts[1]).map { (1...65_535).contains($0) } ?? false
    }

    /// `text` with `http://` before it, when it lacked only that.
    static func suggestion(for text: String) -> String? {
        guard !text.contains("://"), !text.hasPrefix("/"), isHTTP("http://" + text) else { return nil }
        return "http://" + text
    }
}

/// Checks of quantities.
///
/// Source: Kubernetes `resource.Quantity`.
enum QuantityText {
    private static let suffixes: Set<String> = [
        "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
    ]

    /// Whether `text` is a number with one of the suffixes or a decimal exponent.
    static func isQuantity(_ text: String) -> Bool {
        var rest = Substring(text)
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
        guard number.contains(where: { $0 != "." }), number.count(where: { $0 == "." }) <= 1 else { return false }
        let suffix = rest.dropFirst(number.count)
        if suffixes.contains(String(suffix)) { return true }
        guard suffix.first == "e" || suffix.first == "E" else { return false }
        return Int(suffix.dropFirst()) != nil
    }
}
