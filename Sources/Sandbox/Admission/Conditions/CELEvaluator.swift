import JSON

/// Finds the value of an expression.
struct CELEvaluator {
    /// How many steps an expression may take: far above what a condition needs.
    private static let stepLimit = 100_000

    /// The variables.
    private var variables: [String: JSONValue]
    private var steps = 0

    /// An evaluator that knows these variables.
    init(_ variables: [String: JSONValue]) { self.variables = variables }

    /// The value of `expression`.
    ///
    /// - Throws: `CELError` where it has none.
    mutating func value(of expression: CELExpression) throws(CELError) -> JSONValue {
        steps += 1
        guard steps <= Self.stepLimit else { throw CELError("operation cancelled: actual cost limit exceeded") }
        switch expression {
        case .literal(let value): return value
        case .name(let name):
            guard let value = variables[name] else { throw CELError("undeclared reference to '\(name)'") }
            return value
        case .member(let outer, let name): return try member(name, of: try value(of: outer))
        case .index(let outer, let key): return try element(try value(of: key), of: try value(of: outer))
        case .not(let inner): return .bool(try !truth(of: inner))
        case .negative(let inner): return try CELOperators.value("-", 0, try value(of: inner))
        case .binary(let operation, let left, let right): return try binary(operation, left, right)
        case .conditional(let condition, let yes, let no):
            return try value(of: try truth(of: condition) ? yes : no)
        case .list(let elements):
            var list: [JSONValue] = []
            for element in elements { list.append(try value(of: element)) }
            return .array(list)
        case .map(let keys, let values):
            var map = JSONObject()
            for (key, value) in zip(keys, values) {
                let name = try self.value(of: key)
                map[name.string ?? name.text] = try self.value(of: value)
            }
            return .object(map)
        case .call(let name, let target, let arguments): return try call(name, on: target, arguments)
        }
    }

    /// Whether `expression`, which must be a bool, is true.
    mutating func truth(of expression: CELExpression) throws(CELError) -> Bool {
        guard let truth = try value(of: expression).bool else { throw CELError("no such overload") }
        return truth
    }

    // MARK: Operators

    private mutating func binary(
        _ operation: String,
        _ left: CELExpression,
        _ right: CELExpression
    ) throws(CELError) -> JSONValue {
        guard ["&&", "||"].contains(operation) else {
            return try CELOperators.value(operation, try value(of: left), try value(of: right))
        }
        // An error on one side does not matter where the other one decides.
        let deciding = operation == "||"
        let first: CELError
        do {
            if try truth(of: left) == deciding { return .bool(deciding) }
            return .bool(try truth(of: right))
        } catch { first = error }
        do {
            if try truth(of: right) == deciding { return .bool(deciding) }
        } catch {
            throw first
        }
        throw first
    }

    // MARK: Parts

    private func member(_ name: String, of value: JSONValue) throws(CELError) -> JSONValue {
        guard value.object != nil else { throw CELError("no such key: \(name)") }
        guard let member = value[name] else { throw CELError("no such key: \(name)") }
        return member
    }

    private func element(_ key: JSONValue, of value: JSONValue) throws(CELError) -> JSONValue {
        if let list = value.array {
            guard let index = key.int, list.indices.contains(index) else {
                throw CELError("index out of bounds: \(key.text)")
            }
            return list[index]
        }
        return try member(key.string ?? key.text, of: value)
    }

    // MARK: Calls

    private mutating func call(
        _ name: String,
        on target: CELExpression?,
        _ arguments: [CELExpression]
    ) throws(CELError) -> JSONValue {
        if name == "has", target == nil, arguments.count == 1, case .member(let outer, let field) = arguments[0] {
            return .bool(try value(of: outer)[field] != nil)
        }
        if let target, arguments.count == 2, case .name(let variable) = arguments[0] {
            return try fold(name, over: try value(of: target), variable, arguments[1])
        }
        var values: [JSONValue] = []
        if let target { values.append(try value(of: target)) }
        for argument in arguments { values.append(try value(of: argument)) }
        return try CELOperators.call(name, values)
    }

    /// A macro over the elements of a list, or the keys of a map.
    private mutating func fold(
        _ name: String,
        over value: JSONValue,
        _ variable: String,
        _ body: CELExpression
    ) throws(CELError) -> JSONValue {
        guard let elements = value.array ?? value.object?.keys.map(JSONValue.string) else {
            throw CELError("no such overload")
        }
        let outer = variables[variable]
        defer { variables[variable] = outer }
        var results: [JSONValue] = []
        for element in elements {
            variables[variable] = element
            results.append(try self.value(of: body))
        }
        switch name {
        case "all": return .bool(results.allSatisfy { $0 == true })
        case "exists": return .bool(results.contains(true))
        case "exists_one": return .bool(results.count { $0 == true } == 1)
        case "filter": return .array(zip(elements, results).filter { $0.1 == true }.map(\.0))
        case "map": return .array(results)
        default: throw CELError("undeclared reference to '\(name)'")
        }
    }
}
