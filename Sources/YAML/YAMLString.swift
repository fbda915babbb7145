/// A string and the ways in which it can be written.
struct YAMLString {
    private let text: String

    init(_ text: String) { self.text = text }

    /// Plain where it reads back as this string, else in double quotes.
    var inline: String { isPlain ? text : quoted }

    /// A literal block whose lines are moved in by `indent`; nil when there is one line only, or a character or a
    /// line of blanks that the block would not keep.
    func literal(indent: Int) -> String? {
        let scalars = text.unicodeScalars
        guard scalars.contains("\n"), scalars.allSatisfy({ $0 == "\n" || $0 == "\t" || Self.isPrintable($0) }) else {
            return nil
        }
        var lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.contains(where: { !$0.isEmpty }) else { return nil }
        guard lines.allSatisfy({ line in line.isEmpty || !line.allSatisfy { $0 == " " || $0 == "\t" } }) else {
            return nil
        }
        var header = "|"
        // Without the digit the first line's own blanks would be taken for the block's.
        if let first = scalars.first, first == " " || first == "\t" || first == "\n" { header += "2" }
        let trailing = scalars.reversed().prefix { $0 == "\n" }.count
        if trailing == 0 { header += "-" }
        if trailing > 1 { header += "+" }
        if trailing > 0 { lines.removeLast() }
        let margin = String(repeating: " ", count: indent)
        return lines.reduce(into: header) { block, line in
            block += line.isEmpty ? "\n" : "\n" + margin + String(Substring(line))
        }
    }

    private var isPlain: Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last else { return false }
        guard scalars.allSatisfy(Self.isPrintable), first != " ", last != " ", last != ":" else { return false }
        switch first {
        case ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`": return false
        case "-", "?", ":":
            guard let second = scalars.dropFirst().first, second != " " else { return false }
        default: break
        }
        guard !text.hasPrefix("---"), !text.hasPrefix("...") else { return false }
        var previous: Unicode.Scalar = "x"
        for scalar in scalars {
            if previous == ":", scalar == " " { return false }
            if previous == " ", scalar == "#" { return false }
            previous = scalar
        }
        return !PlainMeaning.isOther(text)
    }

    private var quoted: String {
        text.unicodeScalars.reduce(into: "\"") { quoted, scalar in
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case _ where Self.isPrintable(scalar): quoted.unicodeScalars.append(scalar)
            default: quoted += Self.escape(scalar)
            }
        } + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) = scalar.value < 0x100 ? ("x", 2) : ("u", 4)
        return "\\" + letter + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// Whether a reader takes the character as it is, on one line.
    ///
    /// Source: YAML 1.2.2 section 5.1, less tabs, the line breaks of YAML 1.1 and the byte order mark.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }
}
