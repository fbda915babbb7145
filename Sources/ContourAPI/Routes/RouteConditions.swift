import JSON

/// Which requests a route takes, in whatever order and form its conditions are written.
struct RouteConditions: Hashable {
    /// The path.
    let path: PathMatch
    /// The conditions on headers and parameters, by what they mean.
    let others: Set<JSONValue>

    /// The conditions of `route`.
    init(_ route: JSONValue) {
        let conditions = route["conditions"]?.array ?? []
        path = PathMatch(conditions)
        others = Set(conditions.flatMap(Self.others))
    }

    private init(path: PathMatch, others: Set<JSONValue>) {
        self.path = path
        self.others = others
    }

    /// The same with more conditions.
    func adding(_ conditions: [JSONValue]) -> RouteConditions {
        RouteConditions(path: path, others: others.union(conditions.flatMap(Self.others)))
    }

    /// The same without some of them.
    func removing(_ conditions: [JSONValue]) -> RouteConditions {
        RouteConditions(path: path, others: others.subtracting(conditions.flatMap(Self.others)))
    }

    /// Whether all of `conditions`, which are at least one, are among them.
    func contains(_ conditions: [JSONValue]) -> Bool {
        !conditions.isEmpty && others.isSuperset(of: conditions.flatMap(Self.others))
    }

    /// The conditions of `route` with `more` before them, so that the path stays last.
    ///
    /// Of what the route already says something about, `more` says as an expression what it says: Contour refuses two
    /// exact values, and some other pairs, for one name.
    static func list(_ more: [JSONValue], before route: JSONValue) -> JSONValue {
        let own = route["conditions"]?.array ?? []
        let names = Set(own.flatMap(texts).map(\.key))
        let written = more.map { condition in
            texts(of: condition).contains { names.contains($0.key) } ? asExpressions(condition) : condition
        }
        return .array(written + (own.isEmpty ? [["prefix": "/"]] : own))
    }

    /// What is said of a header or a parameter of the query.
    private struct Text {
        /// `header` or `queryParameter`.
        let kind: String
        let value: JSONValue

        /// What Contour goes by to find another on the same: names in any case.
        var key: String { "\(kind) \(value["name"]?.string?.lowercased() ?? "")" }

        /// The same as an expression for the whole value, where it is an exact value or that there is one.
        var asExpression: JSONValue {
            let operators = (value.object?.keys ?? []).filter { $0 != "name" }
            guard let comparison = operators.first, operators.count == 1 else { return value }
            let expression: String
            switch comparison {
            case "exact": expression = RE2Text.escaped(value["exact"]?.string ?? "")
            case "present" where value["present"] == true: expression = ".*"
            default: return value
            }
            return ["name": value["name"] ?? "", "regex": .string("^\(expression)$")]
        }
    }

    private static func texts(of condition: JSONValue) -> [Text] {
        ["header", "queryParameter"].compactMap { kind in condition[kind].map { Text(kind: kind, value: $0) } }
    }

    private static func asExpressions(_ condition: JSONValue) -> JSONValue {
        var condition = condition
        for text in texts(of: condition) { condition[text.kind] = text.asExpression }
        return condition
    }

    /// What `condition` means, one text at a time: expressions, and names of headers in small letters.
    private static func others(_ condition: JSONValue) -> [JSONValue] {
        texts(of: condition).map { text in
            var value = text.asExpression
            if text.kind == "header" { value["name"] = value["name"]?.string.map { .string($0.lowercased()) } }
            return [text.kind: value]
        }
    }
}
