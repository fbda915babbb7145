import JSON

/// Strings, numbers and booleans.
extension SchemaWalk {
    mutating func checkString(
        _ value: JSONValue,
        _ choices: [String],
        _ format: StringFormat?,
        _ explanation: Explanation?,
        _ path: FieldPath
    ) {
        guard let text = value.string else { return wrongType(value, "a string", path, Self.remedy(value, format)) }
        if !choices.isEmpty, !choices.contains(text) {
            if let explanation { return add(explanation, path, value) }
            let list = choices.filter { !$0.isEmpty }.joined(separator: ", ")
            let nearest = NearestName.find(text, among: choices)
            let remedy = nearest.map { "did you mean \"\($0)\"? Write one of \(list)" } ?? "write one of \(list)"
            return add("not-a-choice", path, value, "not a known value", remedy)
        }
        guard let format, !format.accepts(text) else { return }
        if let explanation { return add(explanation, path, value) }
        let rule = format.ruleName
        guard let suggestion = format.suggestion(text) else {
            return add(rule, path, value, "not a \(format.name)", "write \(format.expected)")
        }
        add(rule, path, value, "not \(format.expected)", "write \(suggestion)")
    }

    /// What to write for a number that would be wrong in quotes too, as a duration without a unit is.
    private static func remedy(_ value: JSONValue, _ format: StringFormat?) -> String? {
        guard let number = value.number?.text, let format, !format.accepts(number) else { return nil }
        return "write \(format.suggestion(number) ?? format.expected)"
    }

    mutating func checkInteger(_ value: JSONValue, _ bounds: Bounds, _ path: FieldPath) {
        guard let number = value.number else { return wrongType(value, "a whole number", path) }
        guard let whole = number.int else {
            let down = number.double.rounded(.down)
            let remedy =
                abs(down) < 1e15
                ? "write \(Int64(down)) or \(Int64(down) + 1)" : "write a whole number within 64 bits"
            return add("not-a-whole-number", path, value, "must be a whole number", remedy)
        }
        checkBounds(Double(whole), bounds, value, path)
    }

    mutating func checkNumber(_ value: JSONValue, _ bounds: Bounds, _ path: FieldPath) {
        guard let number = value.double else { return wrongType(value, "a number", path) }
        checkBounds(number, bounds, value, path)
    }

    private mutating func checkBounds(_ number: Double, _ bounds: Bounds, _ value: JSONValue, _ path: FieldPath) {
        if let minimum = bounds.minimum, number < minimum {
            if let below = bounds.below { return add(below, path, value) }
            add("out-of-range", path, value, "less than \(Bounds.text(minimum))", "write \(bounds.text)")
        }
        if let maximum = bounds.maximum, number > maximum {
            if let above = bounds.above { return add(above, path, value) }
            add("out-of-range", path, value, "more than \(Bounds.text(maximum))", "write \(bounds.text)")
        }
    }

    mutating func checkBoolean(_ value: JSONValue, _ path: FieldPath) {
        if value.bool == nil { wrongType(value, "true or false", path) }
    }

    mutating func checkIntegerOrString(
        _ value: JSONValue,
        _ bounds: Bounds,
        _ format: StringFormat?,
        _ explanation: Explanation?,
        _ path: FieldPath
    ) {
        if value.number != nil { return checkInteger(value, bounds, path) }
        guard value.string == nil else { return checkString(value, [], format, explanation, path) }
        wrongType(value, "a whole number or a string", path)
    }
}
