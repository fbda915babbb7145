import JSON

/// What the operators and functions of an expression do with values.
enum CELOperators {
    /// `left operation right`.
    ///
    /// - Throws: `CELError` for values that the operator does not take.
    static func value(_ operation: String, _ left: JSONValue, _ right: JSONValue) throws(CELError) -> JSONValue {
        switch operation {
        case "==": return .bool(isEqual(left, right))
        case "!=": return .bool(!isEqual(left, right))
        case "in":
            if let list = right.array { return .bool(list.contains { isEqual($0, left) }) }
            guard right.object != nil, let key = left.string else { throw overload }
            return .bool(right[key] != nil)
        case "<", "<=", ">", ">=": return .bool(try isOrdered(operation, left, right))
        case "+":
            if let first = left.string, let second = right.string { return .string(first + second) }
            if let first = left.array, let second = right.array { return .array(first + second) }
            return try number(operation, left, right)
        default: return try number(operation, left, right)
        }
    }

    private static let overload = CELError("no such overload")

    private static func isEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let first = left.number, let second = right.number { return first.isNumericallyEqual(to: second) }
        return left == right
    }

    private static func isOrdered(
        _ operation: String,
        _ left: JSONValue,
        _ right: JSONValue
    ) throws(CELError) -> Bool {
        func holds<Value: Comparable>(_ first: Value, _ second: Value) -> Bool {
            switch operation {
            case "<": first < second
            case "<=": first <= second
            case ">": first > second
            default: first >= second
            }
        }
        if let first = left.string, let second = right.string { return holds(first, second) }
        guard let first = left.double, let second = right.double else { throw overload }
        return holds(first, second)
    }

    private static func number(
        _ operation: String,
        _ left: JSONValue,
        _ right: JSONValue
    ) throws(CELError) -> JSONValue {
        guard let first = left.int, let second = right.int else {
            guard let first = left.double, let second = right.double, operation != "%" else { throw overload }
            let result: Double =
                switch operation {
                case "+": first + second
                case "-": first - second
                case "*": first * second
                default: first / second
                }
            return .number(JSONNumber(result))
        }
        let (result, isTooLarge): (Int, Bool)
        switch operation {
        case "+": (result, isTooLarge) = first.addingReportingOverflow(second)
        case "-": (result, isTooLarge) = first.subtractingReportingOverflow(second)
        case "*": (result, isTooLarge) = first.multipliedReportingOverflow(by: second)
        default:
            guard second != 0 else { throw CELError(operation == "/" ? "division by zero" : "modulus by zero") }
            (result, isTooLarge) =
                operation == "/"
                ? first.dividedReportingOverflow(by: second) : first.remainderReportingOverflow(dividingBy: second)
        }
        guard !isTooLarge else { throw CELError("integer overflow") }
        return .number(JSONNumber(result))
    }

    /// The value of the function `name`; of a method the first of the `values` is what it is called on.
    ///
    /// - Throws: `CELError` for a function that is unknown, or does not take these values.
    static func call(_ name: String, _ values: [JSONValue]) throws(CELError) -> JSONValue {
        guard let first = values.first else { throw CELError("undeclared reference to '\(name)'") }
        switch (name, first, values.dropFirst().first?.string) {
        case ("size", .string(let text), _): return .number(JSONNumber(text.unicodeScalars.count))
        case ("size", .array(let list), _): return .number(JSONNumber(list.count))
        case ("size", .object(let map), _): return .number(JSONNumber(map.count))
        case ("string", _, _): return .string(first.string ?? first.text)
        case ("int", _, _):
            guard let number = first.int ?? first.string.flatMap({ Int($0) }) else { throw overload }
            return .number(JSONNumber(number))
        case ("startsWith", .string(let text), let part?): return .bool(text.hasPrefix(part))
        case ("endsWith", .string(let text), let part?): return .bool(text.hasSuffix(part))
        case ("contains", .string(let text), let part?): return .bool(text.contains(part))
        case ("matches", .string(let text), let pattern?): return .bool(try isMatch(text, pattern))
        case ("lowerAscii", .string(let text), nil): return .string(text.lowercased())
        case ("upperAscii", .string(let text), nil): return .string(text.uppercased())
        case ("size", _, _), ("startsWith", _, _), ("endsWith", _, _), ("contains", _, _), ("matches", _, _):
            throw overload
        default: throw CELError("undeclared reference to '\(name)'")
        }
    }

    private static func isMatch(_ text: String, _ pattern: String) throws(CELError) -> Bool {
        do { return try Regex(pattern).matchingSemantics(.unicodeScalar).firstMatch(in: text) != nil } catch {
            throw CELError("error parsing regexp: \(pattern)")
        }
    }
}
