/// Divides an expression into tokens.
struct PromQLLexer {
    private let text: [Character]
    private var place = 0
    private var isInBrackets = false

    init(_ text: String) { self.text = Array(text) }

    /// A token and where it begins.
    typealias Placed = (token: PromQLToken, offset: Int)

    /// All tokens, the end too.
    mutating func tokens() throws(PromQLError) -> [Placed] {
        var tokens: [Placed] = []
        while true {
            skipSpace()
            let offset = place
            let token = try next()
            tokens.append((token, offset))
            if token == .end { return tokens }
        }
    }

    private mutating func skipSpace() {
        while place < text.count {
            if text[place] == "#" {
                while place < text.count, !text[place].isNewline { place += 1 }
            } else if text[place].isWhitespace {
                place += 1
            } else {
                return
            }
        }
    }

    private mutating func next() throws(PromQLError) -> PromQLToken {
        guard place < text.count else { return .end }
        let character = text[place]
        if isInBrackets {
            if character == "]" || character == ":" { return try symbol() }
            return .duration(take { $0 != "]" && $0 != ":" })
        }
        if character == "\"" || character == "'" || character == "`" { return try string(character) }
        if Self.isDigit(character) || (character == "." && place + 1 < text.count && Self.isDigit(text[place + 1])) {
            return try number()
        }
        if Self.isNameStart(character) { return .name(take { Self.isNameStart($0) || Self.isDigit($0) }) }
        return try symbol()
    }

    private mutating func take(_ isPart: (Character) -> Bool) -> String {
        let start = place
        while place < text.count, isPart(text[place]) { place += 1 }
        return String(text[start..<place])
    }

    private mutating func number() throws(PromQLError) -> PromQLToken {
        let start = place
        var previous: Character = " "
        let digits = take { character in
            defer { previous = character }
            return character.isASCII && (character.isLetter || character.isNumber || character == ".")
                || ("+-".contains(character) && "eE".contains(previous))
        }
        if !digits.lowercased().contains("0x"), let value = Double(digits) { return .number(value) }
        guard digits.last?.isLetter ?? false else {
            throw PromQLError(at: start, "bad number or duration syntax: \"\(digits)\"")
        }
        return .duration(digits)
    }

    private mutating func string(_ quote: Character) throws(PromQLError) -> PromQLToken {
        let start = place
        var value = ""
        place += 1
        while place < text.count, text[place] != quote {
            if text[place] == "\\", quote != "`" {
                place += 1
                guard place < text.count, let escaped = Self.escapes[text[place]] else {
                    throw PromQLError(at: place, "unknown escape sequence in a string")
                }
                value.append(escaped)
            } else {
                value.append(text[place])
            }
            place += 1
        }
        guard place < text.count else { throw PromQLError(at: start, "unterminated quoted string") }
        place += 1
        return .string(value)
    }

    private static let escapes: [Character: Character] = [
        "\\": "\\", "\"": "\"", "'": "'", "n": "\n", "t": "\t", "r": "\r",
    ]
    private static let pairs = ["=~", "!~", "!=", "==", "<=", ">="]
    private static let singles = "+-*/%^(){}[],=<>@:"

    private mutating func symbol() throws(PromQLError) -> PromQLToken {
        let pair = String(text[place..<min(place + 2, text.count)])
        if Self.pairs.contains(pair) {
            place += 2
            return .symbol(pair)
        }
        let character = text[place]
        guard Self.singles.contains(character) else {
            throw PromQLError(at: place, "unexpected character: \"\(character)\"")
        }
        place += 1
        if character == "[" { isInBrackets = true }
        if character == "]" { isInBrackets = false }
        return .symbol(String(character))
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    private static func isNameStart(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character == "_" || character == ":")
    }
}
