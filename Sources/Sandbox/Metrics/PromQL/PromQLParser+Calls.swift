/// Function calls and aggregations.
extension PromQLParser {
    /// What begins with a name: a number in letters, a call, an aggregation or a selector.
    mutating func named(_ name: String) throws(PromQLError) -> PromQLExpression {
        let place = offset
        advance()
        if let aggregation = PromQLExpression.Aggregation(rawValue: name.lowercased()), isCall {
            return try aggregate(aggregation)
        }
        if token == .symbol("(") { return try call(name, at: place) }
        switch name.lowercased() {
        case "inf": return .number(.infinity)
        case "nan": return .number(.nan)
        default: return try selector(name: name)
        }
    }

    /// Whether what follows the name makes it an aggregation.
    private var isCall: Bool {
        switch token {
        case .symbol("("): true
        case .name(let word): Self.groupings.contains(word.lowercased())
        default: false
        }
    }

    /// Keywords are taken in any case.
    private static let groupings: Set<String> = ["by", "without"]

    private mutating func call(_ name: String, at place: Int) throws(PromQLError) -> PromQLExpression {
        if let growth = PromQLExpression.Growth(rawValue: name) {
            let arguments = try arguments(of: name, count: 1)
            try check(arguments[0], is: .range, of: name)
            return .growth(growth, arguments[0].expression)
        }
        guard name == "histogram_quantile" else {
            throw PromQLError(at: place, "the function \"\(name)\" is not supported here, only \(Self.functions)")
        }
        let arguments = try arguments(of: name, count: 2)
        try check(arguments[0], is: .scalar, of: name)
        try check(arguments[1], is: .vector, of: name)
        return .quantile(arguments[0].expression, arguments[1].expression)
    }

    private static let functions = "rate, increase, histogram_quantile, sum, avg, min, max, count"

    /// An argument and where it begins.
    private typealias Argument = (expression: PromQLExpression, offset: Int)

    private mutating func arguments(of name: String, count: Int) throws(PromQLError) -> [Argument] {
        let place = offset
        try expect("(", "in a call of \(name)")
        var arguments: [Argument] = []
        while token != .symbol(")") {
            let start = offset
            arguments.append((try sum(), start))
            guard skip(",") else { break }
        }
        try expect(")", "in a call of \(name)")
        guard arguments.count == count else {
            throw PromQLError(
                at: place,
                "expected \(count) argument(s) in call to \"\(name)\", got \(arguments.count)"
            )
        }
        return arguments
    }

    private func check(
        _ argument: Argument,
        is kind: PromQLExpression.Kind,
        of name: String
    ) throws(PromQLError) {
        guard argument.expression.kind != kind else { return }
        let found = argument.expression.kind.rawValue
        let reason = "expected type \(kind.rawValue) in call to function \"\(name)\", got \(found)"
        throw PromQLError(at: argument.offset, reason)
    }

    private mutating func aggregate(
        _ aggregation: PromQLExpression.Aggregation
    ) throws(PromQLError) -> PromQLExpression {
        var grouping = try grouping()
        let arguments = try arguments(of: aggregation.rawValue, count: 1)
        try check(arguments[0], is: .vector, of: aggregation.rawValue)
        if grouping == nil { grouping = try self.grouping() }
        return .aggregate(aggregation, grouping ?? .by([]), arguments[0].expression)
    }

    private mutating func grouping() throws(PromQLError) -> PromQLExpression.Grouping? {
        guard case .name(let word) = token, Self.groupings.contains(word.lowercased()) else { return nil }
        advance()
        try expect("(", "in grouping opts")
        var names: Set<String> = []
        while case .name(let name) = token {
            names.insert(name)
            advance()
            guard skip(",") else { break }
        }
        try expect(")", "in grouping opts")
        return word.lowercased() == "by" ? .by(names) : .without(names)
    }
}
