import Platform

/// Reads a PromQL expression.
struct PromQLParser {
    /// How deep parentheses and calls may go, so that a hostile expression cannot exhaust the stack.
    private static let depthLimit = 64
    /// How many operators there may be: each is a level of the tree, too.
    private static let operatorLimit = 256

    private var tokens: [PromQLLexer.Placed]
    private var index = 0
    private var depth = 0
    private var operators = 0

    private init(_ tokens: [PromQLLexer.Placed]) { self.tokens = tokens }

    /// The expression that `text` is.
    static func parse(_ text: String) throws(PromQLError) -> PromQLExpression {
        var lexer = PromQLLexer(text)
        var parser = PromQLParser(try lexer.tokens())
        if parser.token == .end { throw PromQLError(at: 0, "no expression found in input") }
        let expression = try parser.sum()
        guard parser.token == .end else { throw parser.unexpected("after an expression") }
        return expression
    }

    // MARK: Tokens

    var token: PromQLToken { tokens[index].token }
    var offset: Int { tokens[index].offset }

    mutating func advance() { index = min(index + 1, tokens.count - 1) }

    /// Passes over the symbol if it is next.
    mutating func skip(_ symbol: String) -> Bool {
        guard token == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: String, _ place: String) throws(PromQLError) {
        guard skip(symbol) else { throw unexpected("\(place), expected \"\(symbol)\"") }
    }

    func unexpected(_ place: String) -> PromQLError {
        PromQLError(at: offset, "unexpected \(token.description) \(place)\(Self.hint(token))")
    }

    /// Whether the sandbox or the expression is to blame.
    private static func hint(_ token: PromQLToken) -> String {
        let missing: Set<String> = [
            "%", "^", "==", "!=", "<", ">", "<=", ">=", "@", "and", "or", "unless", "offset", "bool", "on", "ignoring",
            "group_left", "group_right",
        ]
        switch token {
        case .symbol(let text), .name(let text): return missing.contains(text) ? " (not supported here)" : ""
        default: return ""
        }
    }

    // MARK: Expressions

    /// Terms with `+` and `-` between them.
    mutating func sum() throws(PromQLError) -> PromQLExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw PromQLError(at: offset, "expressions nested more than \(Self.depthLimit) deep are not supported here")
        }
        var left = try product()
        while let operation = nextOperator(isTight: false) {
            left = try joined(left, operation) { parser throws(PromQLError) in try parser.product() }
        }
        return left
    }

    private mutating func product() throws(PromQLError) -> PromQLExpression {
        var left = try signed()
        while let operation = nextOperator(isTight: true) {
            left = try joined(left, operation) { parser throws(PromQLError) in try parser.signed() }
        }
        return left
    }

    private func nextOperator(isTight: Bool) -> PromQLExpression.Operator? {
        guard case .symbol(let text) = token, let operation = PromQLExpression.Operator(rawValue: text) else {
            return nil
        }
        return operation.isTight == isTight ? operation : nil
    }

    private mutating func joined(
        _ left: PromQLExpression,
        _ operation: PromQLExpression.Operator,
        _ right: (inout PromQLParser) throws(PromQLError) -> PromQLExpression
    ) throws(PromQLError) -> PromQLExpression {
        let place = offset
        operators += 1
        guard operators <= Self.operatorLimit else {
            throw PromQLError(at: place, "more than \(Self.operatorLimit) operators are not supported here")
        }
        advance()
        let right = try right(&self)
        guard left.kind != .range, right.kind != .range else {
            throw PromQLError(at: place, "binary expression must contain only scalar and instant vector types")
        }
        return .binary(operation, left, right)
    }

    private mutating func signed() throws(PromQLError) -> PromQLExpression {
        var isNegative = false
        while true {
            if skip("-") {
                isNegative.toggle()
            } else if !skip("+") {
                break
            }
        }
        let place = offset
        let operand = try primary()
        guard isNegative else { return operand }
        guard operand.kind != .range else {
            throw PromQLError(at: place, "unary expression only allowed on scalar and instant vector types")
        }
        return .negated(operand)
    }

    private mutating func primary() throws(PromQLError) -> PromQLExpression {
        switch token {
        case .number(let value):
            advance()
            return .number(value)
        case .name(let name):
            return try named(name)
        case .symbol("{"):
            return try selector(name: nil)
        case .symbol("("):
            advance()
            let inner = try sum()
            try expect(")", "in a parenthesised expression")
            return inner
        default:
            throw unexpected("where an expression should be")
        }
    }
}
