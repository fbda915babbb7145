/// What plain text stands for besides a string, under YAML 1.2's core schema or YAML 1.1's types.
///
/// Source: YAML 1.2.2 section 10.3; yaml.org/type for 1.1; the numbers that go-yaml, and with it kubectl, reads.
enum PlainMeaning {
    private static let words: Set<String> = [
        "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "y", "Y", "yes", "Yes", "YES",
        "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "<<", "=", ".nan", ".NaN", ".NAN",
        ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
    ]

    /// Whether plain `text` is a null, a boolean, a number, a date or a merge key to some reader.
    static func isOther(_ text: String) -> Bool {
        if words.contains(text) { return true }
        var bytes = Array(text.utf8)
        if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        guard let first = bytes.first, isDigit(first) || first == UInt8(ascii: ".") else { return false }
        if isDate(bytes) { return true }
        bytes.removeAll { $0 == UInt8(ascii: "_") }
        return isInteger(bytes) || isFloat(bytes) || isSexagesimal(bytes)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    private static func isInteger(_ bytes: [UInt8]) -> Bool {
        if bytes.allSatisfy(isDigit) { return true }
        guard bytes.count > 2, bytes[0] == UInt8(ascii: "0") else { return false }
        let radix: Int
        switch bytes[1] | 0x20 {
        case UInt8(ascii: "x"): radix = 16
        case UInt8(ascii: "o"): radix = 8
        case UInt8(ascii: "b"): radix = 2
        default: return false
        }
        return bytes.dropFirst(2).allSatisfy { Int(String(UnicodeScalar($0)), radix: radix) != nil }
    }

    private static func isFloat(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var digits = whole.count
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            digits += fraction.count
            rest = rest.dropFirst(fraction.count + 1)
        }
        guard digits > 0 else { return false }
        guard let letter = rest.popFirst() else { return true }
        guard letter | 0x20 == UInt8(ascii: "e") else { return false }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    /// Whether this is a number to the base of 60, as `12:30` and `1:30:00.5` are in YAML 1.1.
    private static func isSexagesimal(_ bytes: [UInt8]) -> Bool {
        let main = bytes.prefix { $0 != UInt8(ascii: ".") }
        guard bytes.dropFirst(main.count + 1).allSatisfy(isDigit) else { return false }
        let parts = main.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return false }
        return parts.dropFirst().allSatisfy { part in
            part.count == 1 || part.count == 2 && part[part.startIndex] < UInt8(ascii: "6")
        }
    }

    /// Whether this begins as `2001-12-14` and ends there or goes on with a time.
    private static func isDate(_ bytes: [UInt8]) -> Bool {
        let day = bytes.prefix { isDigit($0) || $0 == UInt8(ascii: "-") }
        let parts = day.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts.dropFirst().allSatisfy({ 1...2 ~= $0.count }) else {
            return false
        }
        guard let next = bytes.dropFirst(day.count).first else { return true }
        return next | 0x20 == UInt8(ascii: "t") || next == UInt8(ascii: " ")
    }
}
