import JSON

/// Reads an expression.
struct CELParser {
    /// How deep expressions may be nested.
    private static let depthLimit = 50

    private var lexer: CELLexer
    private var token: CELToken = .end
    private var depth = 0

    /// The expression that `text` is.
    ///
    /// - Throws: `CELError` for what is none.
    static func expression(in text: String) throws(CELError) -> CELExpression {
        var parser = CELParser(text)
        try parser.advance()
        let expression = try parser.conditional()
        guard parser.token == .end else { throw CELError("unexpected \(parser.found) behind the expression") }
        return expression
    }

    private init(_ text: String) { lexer = CELLexer(text) }

    private mutating func advance() throws(CELError) { token = try lexer.next() }

    private var found: String {
        switch token {
        case .name(let text), .symbol(let text): "'\(text)'"
        case .number(let number): "'\(number.text)'"
        case .text(let text): "\"\(text)\""
        case .end: "end of the expression"
        }
    }

    private mutating func isTaken(_ symbol: String) throws(CELError) -> Bool {
        guard token == .symbol(symbol) else { return false }
        try advance()
        return true
    }

    private mutating func expect(_ symbol: String) throws(CELError) {
        guard try isTaken(symbol) else { throw CELError("expected '\(symbol)', found \(found)") }
    }

    // MARK: Operators

    private mutating func conditional() throws(CELError) -> CELExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw CELError("nested more than \(Self.depthLimit) deep") }
        let condition = try binary(0)
        guard try isTaken("?") else { return condition }
        let yes = try conditional()
        try expect(":")
        return .conditional(condition, yes, try conditional())
    }

    private static let levels: [[String]] = [
        ["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"],
    ]

    private mutating func binary(_ level: Int) throws(CELError) -> CELExpression {
        guard level < Self.levels.count else { return try unary() }
        var left = try binary(level + 1)
        while let operation = operation(at: level) {
            try advance()
            left = .binary(operation, left, try binary(level + 1))
        }
        return left
    }

    private func operation(at level: Int) -> String? {
        switch token {
        case .symbol(let text) where Self.levels[level].contains(text): text
        case .name("in") where Self.levels[level].contains("in"): "in"
        default: nil
        }
    }

    private mutating func unary() throws(CELError) -> CELExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw CELError("nested more than \(Self.depthLimit) deep") }
        if try isTaken("!") { return .not(try unary()) }
        if try isTaken("-") { return .negative(try unary()) }
        var value = try primary()
        while true {
            if try isTaken(".") {
                guard case .name(let name) = token else { throw CELError("expected a name, found \(found)") }
                try advance()
                value = try isTaken("(") ? .call(name, on: value, try elements(until: ")")) : .member(value, name)
            } else if try isTaken("[") {
                value = .index(value, try conditional())
                try expect("]")
            } else {
                return value
            }
        }
    }

    // MARK: Values

    private mutating func primary() throws(CELError) -> CELExpression {
        let first = token
        try advance()
        switch first {
        case .number(let number): return .literal(.number(number))
        case .text(let text): return .literal(.string(text))
        case .name("true"): return .literal(true)
        case .name("false"): return .literal(false)
        case .name("null"): return .literal(.null)
        case .name(let name): return try isTaken("(") ? .call(name, on: nil, try elements(until: ")")) : .name(name)
        case .symbol("("):
            let inner = try conditional()
            try expect(")")
            return inner
        case .symbol("["): return .list(try elements(until: "]"))
        case .symbol("{"): return try map()
        case .symbol(let text): throw CELError("unexpected '\(text)'")
        case .end: throw CELError("unexpected end of the expression")
        }
    }

    private mutating func elements(until end: String) throws(CELError) -> [CELExpression] {
        var elements: [CELExpression] = []
        while try !isTaken(end) {
            if !elements.isEmpty { try expect(",") }
            elements.append(try conditional())
        }
        return elements
    }

    private mutating func map() throws(CELError) -> CELExpression {
        var keys: [CELExpression] = []
        var values: [CELExpression] = []
        while try !isTaken("}") {
            if !keys.isEmpty { try expect(",") }
            keys.append(try conditional())
            try expect(":")
            values.append(try conditional())
        }
        return .map(keys, values)
    }
}
