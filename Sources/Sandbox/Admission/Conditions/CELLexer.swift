import JSON

/// Cuts an expression into words.
struct CELLexer {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    /// The next word; `end` when there is none.
    mutating func next() throws(CELError) -> CELToken {
        rest = rest.drop { $0.isWhitespace }
        guard let first = rest.first else { return .end }
        if first.isLetter || first == "_" {
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if word == "r", let quote = rest.dropFirst().first, quote == "'" || quote == "\"" {
                rest.removeFirst()
                return .text(try quoted(isRaw: true))
            }
            rest.removeFirst(word.count)
            return .name(String(word))
        }
        if first.isNumber { return try number() }
        if first == "'" || first == "\"" { return .text(try quoted(isRaw: false)) }
        for symbol in ["&&", "||", "==", "!=", "<=", ">="] where rest.hasPrefix(symbol) {
            rest.removeFirst(2)
            return .symbol(symbol)
        }
        guard "+-*/%!<>?:.,()[]{}".contains(first) else { throw CELError("token recognition error at: '\(first)'") }
        rest.removeFirst()
        return .symbol(String(first))
    }

    private mutating func number() throws(CELError) -> CELToken {
        var text = rest.prefix { $0.isNumber }
        let behind = rest.dropFirst(text.count)
        if behind.first == ".", behind.dropFirst().first?.isNumber == true {
            text = rest.prefix(text.count + 1 + behind.dropFirst().prefix { $0.isNumber }.count)
        }
        rest.removeFirst(text.count)
        guard let number = JSONNumber(text: String(text)) else { throw CELError("bad number \(text)") }
        return .number(number)
    }

    private mutating func quoted(isRaw: Bool) throws(CELError) -> String {
        let quote = rest.removeFirst()
        var text = ""
        while let next = rest.popFirst() {
            if next == quote { return text }
            guard next == "\\", !isRaw else {
                text.append(next)
                continue
            }
            guard let escaped = rest.popFirst() else { break }
            text.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
        }
        throw CELError("a text without its end")
    }
}
