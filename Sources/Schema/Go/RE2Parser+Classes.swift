extension RE2Parser {
    private static let names: Set<String> = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "word", "xdigit",
    ]

    /// Reads `[...]`.
    mutating func readClass() throws(RE2Fault) {
        let start = position
        position += peek(1) == "^" ? 2 : 1
        var isFirst = true
        while isFirst || peek() != "]" {
            isFirst = false
            if try readNamedClass() { continue }
            if try readPropertyClass() { continue }
            if readPerlClass() { continue }
            try readRange(openedAt: start)
        }
        position += 1
    }

    /// Reads `[:name:]`; false where none stands here.
    private mutating func readNamedClass() throws(RE2Fault) -> Bool {
        guard peek() == "[", peek(1) == ":", let lastNameEnd, lastNameEnd >= position + 2 else { return false }
        let start = position
        var end = start + 2
        while end < lastNameEnd, !(scalars[end] == ":" && scalars[end + 1] == "]") { end += 1 }
        var name = scalars[(start + 2)..<end]
        if name.first == "^" { name = name.dropFirst() }
        guard Self.names.contains(String(String.UnicodeScalarView(name))) else {
            throw fault("unknown character class \(excerpt(start, end + 2))", at: start)
        }
        position = end + 2
        return true
    }

    /// Reads one character or two with a hyphen between them.
    private mutating func readRange(openedAt opening: Int) throws(RE2Fault) {
        let start = position
        let low = try readCharacter(openedAt: opening)
        // A hyphen before the closing bracket stands for itself.
        guard peek() == "-", let after = peek(1), after != "]" else { return }
        position += 1
        let high = try readCharacter(openedAt: opening)
        guard low <= high else { throw fault("bad range \(excerpt(start, position)), it goes down", at: start) }
    }

    private mutating func readCharacter(openedAt opening: Int) throws(RE2Fault) -> UInt32 {
        guard let next = peek() else {
            throw RE2Fault(problem: "missing closing ] for the [ at character \(opening + 1)")
        }
        if next == "\\" { return try readEscape() }
        position += 1
        return next.value
    }
}
