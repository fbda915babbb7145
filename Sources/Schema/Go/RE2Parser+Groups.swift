extension RE2Parser {
    private static let foreign: [(opening: String, name: String)] = [
        ("(?<=", "a look-behind"), ("(?<!", "a negative look-behind"), ("(?=", "a look-ahead"),
        ("(?!", "a negative look-ahead"), ("(?>", "an atomic group"), ("(?|", "a branch reset"), ("(?#", "a comment"),
        ("(?(", "a condition"), ("(?P=", "a back-reference"), ("(?P>", "a call of a group"),
        ("(?&", "a call of a group"), ("(?R", "a recursion"), ("(?0", "a recursion"), ("(?'", "a quoted group name"),
    ]

    /// Reads `(`, `(?:`, `(?P<name>`, `(?<name>` or flags.
    mutating func openGroup() throws(RE2Fault) {
        let start = position
        guard peek(1) == "?" else {
            position += 1
            return try stack.open(capturing: true, at: start)
        }
        if let known = Self.foreign.first(where: { hasPrefix($0.opening) }) {
            throw fault("\(known.name) \(known.opening) is not in RE2", at: start)
        }
        if hasPrefix("(?P<") || hasPrefix("(?<") { return try openNamedGroup() }
        try readFlags()
    }

    private mutating func openNamedGroup() throws(RE2Fault) {
        let start = position
        let nameStart = start + (peek(2) == "P" ? 4 : 3)
        guard let end = scalars[start...].firstIndex(of: ">") else {
            throw fault("the name of the group \(excerpt(start, scalars.count)) has no closing >", at: start)
        }
        let name = end > nameStart ? scalars[nameStart..<end] : []
        guard !name.isEmpty, name.allSatisfy({ $0 == "_" || Self.isAlphanumeric($0) }) else {
            throw fault(
                "bad group name in \(excerpt(start, end + 1)), a name is letters, digits and underscores",
                at: start
            )
        }
        position = end + 1
        try stack.open(capturing: true, at: start)
    }

    /// Reads `(?i-s)` or `(?i-s:`; the flags themselves change nothing about what compiles.
    private mutating func readFlags() throws(RE2Fault) {
        let start = position
        position += 2
        var isNegative = false
        var hasFlag = false
        while let next = peek() {
            position += 1
            switch next {
            case "i", "m", "s", "U": hasFlag = true
            case "-" where !isNegative:
                isNegative = true
                hasFlag = false
            case ":" where hasFlag || !isNegative: return try stack.open(capturing: false, at: start)
            case ")" where hasFlag || !isNegative: return
            default: throw fault("bad group or flags \(excerpt(start, position)), RE2 knows the flags imsU", at: start)
            }
        }
        throw fault("the group \(excerpt(start, position)) is not complete", at: start)
    }

    static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}
