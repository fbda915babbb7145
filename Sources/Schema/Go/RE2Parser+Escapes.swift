extension RE2Parser {
    /// Reads what begins with a backslash outside of a class.
    mutating func readBackslash() throws(RE2Fault) {
        switch peek(1) {
        case "A", "b", "B", "z":
            position += 2
            try stack.push(.other)
        case "C": throw fault("a single byte \\C is not in RE2 as Go has it", at: position)
        case "Q": try readQuotation()
        default:
            if try readPropertyClass() { return try stack.push(.character) }
            if readPerlClass() { return try stack.push(.character) }
            _ = try readEscape()
            try stack.push(.literal)
        }
    }

    /// Reads `\Q...\E`; without `\E` all the rest is quoted.
    private mutating func readQuotation() throws(RE2Fault) {
        position += 2
        while peek() != nil, !hasPrefix("\\E") {
            try stack.push(.literal)
            position += 1
        }
        if peek() != nil { position += 2 }
    }

    /// Reads `\d`, `\s`, `\w` or their opposites; false where none stands here.
    mutating func readPerlClass() -> Bool {
        guard peek() == "\\", let name = peek(1), ["d", "D", "s", "S", "w", "W"].contains(name) else { return false }
        position += 2
        return true
    }

    /// Reads `\pN` or `\p{Name}`; false where none stands here.
    mutating func readPropertyClass() throws(RE2Fault) -> Bool {
        guard peek() == "\\", peek(1) == "p" || peek(1) == "P" else { return false }
        let start = position
        var name: ArraySlice<Unicode.Scalar>
        if peek(2) == "{" {
            guard let end = scalars[start...].firstIndex(of: "}") else {
                throw fault("the character class \(excerpt(start, scalars.count)) has no closing }", at: start)
            }
            name = scalars[(start + 3)..<end]
            position = end + 1
        } else {
            position = min(start + 3, scalars.count)
            name = scalars[(start + 2)..<position]
        }
        if name.first == "^" { name = name.dropFirst() }
        guard UnicodeClassNames.contains(String(String.UnicodeScalarView(name))) else {
            throw fault("unknown character class \(excerpt(start, position))", at: start)
        }
        return true
    }

    /// Reads an escape that stands for one character, in a class or outside; the character's number.
    mutating func readEscape() throws(RE2Fault) -> UInt32 {
        let start = position
        position += 1
        guard let next = peek() else { throw fault("a backslash ends the expression", at: start) }
        position += 1
        switch next {
        case "0"..."7":
            if next != "0", peek().map(Self.isOctal) != true { break }
            return readOctal(from: next)
        case "x":
            if let number = readHexadecimal() { return number }
        case "a", "f", "n", "r", "t", "v": return Self.controls[next] ?? next.value
        default:
            if next.isASCII, !Self.isAlphanumeric(next) { return next.value }
        }
        throw escapeFault(next, at: start)
    }

    private static let controls: [Unicode.Scalar: UInt32] = ["a": 7, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13]

    private static func isOctal(_ scalar: Unicode.Scalar) -> Bool { ("0"..."7").contains(scalar) }

    private mutating func readOctal(from first: Unicode.Scalar) -> UInt32 {
        var number = first.value - 48
        for _ in 0..<2 {
            guard let digit = peek(), Self.isOctal(digit) else { break }
            number = number * 8 + digit.value - 48
            position += 1
        }
        return number
    }

    /// Reads two digits, or any number of them in braces; nil where they are not right.
    private mutating func readHexadecimal() -> UInt32? {
        guard peek() == "{" else {
            guard let high = readDigit(), let low = readDigit() else { return nil }
            return high * 16 + low
        }
        position += 1
        var number: UInt32 = 0
        var hasDigits = false
        while let digit = readDigit() {
            hasDigits = true
            number = number * 16 + digit
            guard number <= 0x10_ffff else { return nil }
        }
        guard hasDigits, peek() == "}" else { return nil }
        position += 1
        return number
    }

    private mutating func readDigit() -> UInt32? {
        guard let digit = peek(), digit.isASCII, let value = Character(digit).hexDigitValue else { return nil }
        position += 1
        return UInt32(value)
    }

    private func escapeFault(_ name: Unicode.Scalar, at start: Int) -> RE2Fault {
        switch name {
        case "1"..."9", "k", "g": fault("a back-reference \\\(name) is not in RE2", at: start)
        case "Z": fault("unknown escape \\Z, the end of the text is \\z", at: start)
        case "u": fault("unknown escape \\u, a character by its number is \\x{...}", at: start)
        case "x": fault("bad escape \(excerpt(start, position + 1)), not \\xHH or \\x{...} up to 10FFFF", at: start)
        default: fault("unknown escape \(excerpt(start, start + 2))", at: start)
        }
    }
}
