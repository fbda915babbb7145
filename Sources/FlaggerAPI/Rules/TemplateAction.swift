/// One `{{ … }}` of a template, cut into the names that it calls and the fields that it takes.
struct TemplateAction {
    /// A name with the fields taken of it, `variables.pod`; no name for a field of the dot, `.pod`.
    struct Word: Hashable {
        var text: String
        var fields: [String]
    }

    /// The names, in their order, without texts, numbers and variables of the template.
    private(set) var words: [Word] = []
    /// Whether it is a comment.
    private(set) var isComment = false
    /// Whether there is nothing in it.
    private(set) var isEmpty = true
    /// What follows the action.
    private(set) var rest: Substring

    /// Reads an action from behind its `{{`; nil where it has no end.
    init?(_ text: Substring) {
        rest = text
        skipTrim()
        if rest.hasPrefix("/*") {
            guard let end = rest.firstRange(of: "*/") else { return nil }
            rest = rest[end.upperBound...]
            isComment = true
        }
        while true {
            rest = rest.drop { $0.isWhitespace }
            guard let character = rest.first else { return nil }
            if rest.hasPrefix("-}}") || rest.hasPrefix("}}") {
                let isTrimmed = character == "-"
                rest = rest.dropFirst(isTrimmed ? 3 : 2)
                if isTrimmed { rest = rest.drop { $0.isWhitespace } }
                return
            }
            isEmpty = false
            guard read(character) else { return nil }
        }
    }

    private mutating func skipTrim() {
        guard rest.first == "-", rest.dropFirst().first?.isWhitespace == true else { return }
        rest = rest.dropFirst()
        rest = rest.drop { $0.isWhitespace }
    }

    /// Takes what begins with `character`; false where a text in quotes has no end.
    private mutating func read(_ character: Character) -> Bool {
        if "\"'`".contains(character) { return skipQuoted(character) }
        if character.isNumber || character == "$" {
            rest = rest.dropFirst()
            rest = rest.drop { Self.isNamePart($0) || $0 == "." }
        } else if character.isLetter || character == "_" {
            let name = rest.prefix(while: Self.isNamePart)
            rest = rest.dropFirst(name.count)
            words.append(Word(text: String(name), fields: fields()))
        } else if character == "." {
            let taken = fields()
            if taken.isEmpty { rest = rest.dropFirst() } else { words.append(Word(text: "", fields: taken)) }
        } else {
            rest = rest.dropFirst()
            // What is taken of a value in parentheses is nobody's to know.
            if character == ")" { _ = fields() }
        }
        return true
    }

    private mutating func fields() -> [String] {
        var fields: [String] = []
        while rest.first == "." {
            let name = rest.dropFirst().prefix(while: Self.isNamePart)
            guard !name.isEmpty else { break }
            fields.append(String(name))
            rest = rest.dropFirst(name.count + 1)
        }
        return fields
    }

    private mutating func skipQuoted(_ quote: Character) -> Bool {
        rest = rest.dropFirst()
        while let character = rest.first {
            rest = rest.dropFirst()
            if character == quote { return true }
            if character == "\\", quote != "`" { rest = rest.dropFirst() }
        }
        return false
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
