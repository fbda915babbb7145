import JSON

/// Which requests a route takes, in whatever order and form its conditions are written.
struct RouteConditions: Hashable {
    /// The path.
    let path: PathMatch
    /// The conditions on headers and parameters.
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
    static func list(_ more: [JSONValue], before route: JSONValue) -> JSONValue {
        let own = route["conditions"]?.array ?? []
        return .array(more + (own.isEmpty ? [["prefix": "/"]] : own))
    }

    private static func others(_ condition: JSONValue) -> [JSONValue] {
        ["header", "queryParameter"].compactMap { kind in condition[kind].map { [kind: $0] } }
    }
}
