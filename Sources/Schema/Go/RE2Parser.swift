/// Reads a regular expression as Go's `regexp.Compile` does, and keeps nothing of it but how large it gets.
///
/// A `String` is always valid Unicode, so Go's complaint about invalid UTF-8 has no counterpart here.
struct RE2Parser {
    let scalars: [Unicode.Scalar]
    var position = 0
    /// The open groups and what they hold so far.
    var stack = RE2Stack()
    /// Where the repetition began that ends here; nil when none does.
    private var repetition: Int?
    /// Where the last `:]` stands; nil where there is none.
    let lastNameEnd: Int?

    init(_ pattern: String) {
        let scalars = Array(pattern.unicodeScalars)
        self.scalars = scalars
        lastNameEnd = scalars.indices.last { scalars[$0] == ":" && $0 + 1 < scalars.count && scalars[$0 + 1] == "]" }
    }

    /// The scalar `offset` after the present place; nil past the end.
    func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        position + offset < scalars.count ? scalars[position + offset] : nil
    }

    /// Whether `text` stands here.
    func hasPrefix(_ text: String) -> Bool {
        zip(0..., text.unicodeScalars).allSatisfy { peek($0.0) == $0.1 }
    }

    mutating func parse() throws(RE2Fault) {
        while let next = peek() {
            let start = position
            let isRepetition = try readPart(next)
            repetition = isRepetition ? start : nil
        }
        try stack.finish()
    }

    /// Reads what begins with `next`; true for a repetition.
    private mutating func readPart(_ next: Unicode.Scalar) throws(RE2Fault) -> Bool {
        switch next {
        case "(": try openGroup()
        case ")":
            try stack.close(at: position)
            position += 1
        case "|":
            try stack.alternate()
            position += 1
        case "[":
            try readClass()
            try stack.push(.character)
        case "*", "+", "?": return try readOperator()
        case "{": return try readCount()
        case "\\": try readBackslash()
        case "^", "$", ".":
            try stack.push(next == "." ? .character : .other)
            position += 1
        default:
            try stack.push(.literal)
            position += 1
        }
        return false
    }

    /// Reads `*`, `+` or `?`.
    private mutating func readOperator() throws(RE2Fault) -> Bool {
        let start = position
        let added = scalars[position] == "*" ? 2 : 1
        position += 1
        try checkRepetition(from: start)
        try stack.repeatLast(costing: added)
        return true
    }

    /// Reads `{n}`, `{n,}` or `{n,m}`; a brace that begins none of them stands for itself.
    private mutating func readCount() throws(RE2Fault) -> Bool {
        let start = position
        guard let count = readBounds() else {
            position = start + 1
            try stack.push(.literal)
            return false
        }
        let text = excerpt(start, position)
        guard count.low <= RE2Stack.most, (count.high ?? 0) <= RE2Stack.most else {
            throw fault("bad repetition \(text), more than \(RE2Stack.most) times", at: start)
        }
        guard count.low <= count.high ?? count.low else {
            throw fault("bad repetition \(text), the first number is greater", at: start)
        }
        try checkRepetition(from: start)
        guard try stack.repeatLast(count) else {
            let most = RE2Stack.most
            throw fault("bad repetition \(text), more than \(most) times with those inside it", at: start)
        }
        return true
    }

    /// Takes a following `?`, and checks that the operator which began at `start` has something to repeat.
    private mutating func checkRepetition(from start: Int) throws(RE2Fault) {
        if peek() == "?" { position += 1 }
        if let repetition {
            let text = excerpt(repetition, position)
            if scalars[start] == "+" { throw fault("a possessive repetition \(text) is not in RE2", at: repetition) }
            throw fault("bad repetition \(text), one operator follows another", at: repetition)
        }
        guard stack.canRepeat else {
            throw fault("bad repetition \(excerpt(start, position)), nothing stands before it", at: start)
        }
    }

    private mutating func readBounds() -> RE2Count? {
        position += 1
        guard let low = readNumber() else { return nil }
        var high: Int? = low
        if peek() == "," {
            position += 1
            high = nil
            if peek() != "}" {
                guard let number = readNumber() else { return nil }
                high = number
            }
        }
        guard peek() == "}" else { return nil }
        position += 1
        return RE2Count(low: low, high: high)
    }

    /// Reads a number without leading zeros; one beyond all limits is `Int.max`.
    private mutating func readNumber() -> Int? {
        guard let first = peek(), ("0"..."9").contains(first) else { return nil }
        if first == "0", let second = peek(1), ("0"..."9").contains(second) { return nil }
        var number = 0
        while let digit = peek(), ("0"..."9").contains(digit) {
            number = number >= 100_000_000 ? Int.max : number * 10 + Int(digit.value - 48)
            position += 1
        }
        return number
    }
}

extension RE2Parser {
    /// A fault with the place, counted in characters from 1.
    func fault(_ problem: String, at place: Int) -> RE2Fault {
        RE2Fault(problem: "\(problem), at character \(place + 1)")
    }

    /// What stands from `start` to `end`, one line, cut short.
    func excerpt(_ start: Int, _ end: Int) -> String {
        let shown = scalars[start..<max(start, min(end, start + 24, scalars.count))]
        let text = String(String.UnicodeScalarView(shown.map { Self.isVisible($0) ? $0 : " " }))
        return end - start > 24 ? text + "..." : text
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
