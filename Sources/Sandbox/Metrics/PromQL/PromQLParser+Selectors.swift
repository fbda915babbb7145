import Platform

/// Selectors of series.
extension PromQLParser {
    /// The rest of a selector after its metric name.
    mutating func selector(name: String?) throws(PromQLError) -> PromQLExpression {
        let place = offset
        var matchers: [PromQLMatcher] = []
        if let name { matchers.append(try matcher(LabelSet.nameLabel, "=", name, at: place)) }
        if skip("{") {
            while token != .symbol("}") {
                matchers.append(try matcher())
                guard skip(",") else { break }
            }
            try expect("}", "in label matching")
        }
        guard matchers.contains(where: { !$0.accepts("") }) else {
            throw PromQLError(at: place, "vector selector must contain at least one non-empty matcher")
        }
        guard skip("[") else { return .vector(matchers) }
        return .range(matchers, window: try window())
    }

    private mutating func matcher() throws(PromQLError) -> PromQLMatcher {
        let place = offset
        guard case .name(let label) = token else { throw unexpected("in label matching, expected a label name") }
        advance()
        guard case .symbol(let operation) = token, ["=", "!=", "=~", "!~"].contains(operation) else {
            throw unexpected("in label matching, expected one of \"=\", \"!=\", \"=~\", \"!~\"")
        }
        advance()
        guard case .string(let value) = token else { throw unexpected("in label matching, expected a string") }
        advance()
        return try matcher(label, operation, value, at: place)
    }

    private func matcher(
        _ label: String,
        _ operation: String,
        _ value: String,
        at place: Int
    ) throws(PromQLError) -> PromQLMatcher {
        do {
            return try PromQLMatcher(label, operation, value)
        } catch {
            throw PromQLError(at: place, "bad regular expression \"\(value)\" for label \(label)")
        }
    }

    /// The milliseconds of a range, after its bracket.
    private mutating func window() throws(PromQLError) -> Int64 {
        let place = offset
        guard case .duration(let text) = token else { throw unexpected("in a range, expected a duration") }
        guard let window = Self.milliseconds(text), window > 0 else {
            throw PromQLError(at: place, "bad duration \"\(text)\", expected one such as 1m or 90s")
        }
        advance()
        if token == .symbol(":") { throw PromQLError(at: offset, "subqueries are not supported here") }
        try expect("]", "in a range")
        return window
    }

    /// A hundred years in milliseconds, far beyond what is kept.
    private static let longestWindow: Int64 = 3_153_600_000_000

    /// Prometheus' durations are Go's with days and weeks, and in whole numbers.
    private static func milliseconds(_ text: String) -> Int64? {
        let scales: [String: Int64] = [
            "ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
        ]
        var rest = Substring(text)
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            // Nine digits of weeks stay within 64 bits, but not many of them added.
            guard digits.count <= 9, total <= Self.longestWindow, let number = Int64(digits),
                let scale = scales[String(unit)]
            else { return nil }
            total += number * scale
        }
        return total
    }
}
