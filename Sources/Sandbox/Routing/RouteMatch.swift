import JSON

/// Which requests a route takes: the conditions of its includes and its own put together.
struct RouteMatch: Hashable, Sendable {
    /// How the path is compared.
    enum PathKind: Int, Hashable, Sendable {
        case prefix
        case regex
        case exact
    }

    /// How the path is compared.
    private(set) var kind = PathKind.prefix
    /// What it is compared with, all conditions joined.
    private(set) var path = ""
    /// Conditions on header fields.
    private(set) var headers: [JSONValue] = []
    /// Conditions on query parameters.
    private(set) var queries: [JSONValue] = []

    /// Every request.
    init() {}

    /// The match with more conditions behind it.
    func adding(_ conditions: [JSONValue]) -> RouteMatch {
        var match = self
        for condition in conditions {
            for (field, kind) in [("prefix", PathKind.prefix), ("exact", .exact), ("regex", .regex)] {
                guard let text = condition[field]?.string, !text.isEmpty else { continue }
                match.path += text
                if kind.rawValue > match.kind.rawValue { match.kind = kind }
            }
            // A header condition without an operator vanishes, as in Contour.
            if let header = condition["header"], header.object?.count ?? 0 > 1 { match.headers.append(header) }
            if let query = condition["queryParameter"]?.object { match.queries.append(.object(query)) }
        }
        match.path = match.kind == .regex ? match.path : Self.collapsed(match.path)
        return match
    }

    /// Runs of `/` made one.
    private static func collapsed(_ path: String) -> String {
        var result = ""
        for character in path where character != "/" || result.last != "/" { result.append(character) }
        return result
    }

    /// Whether a request for `path` without header fields and query is taken.
    func takes(_ path: String) -> Bool {
        guard queries.isEmpty, headers.allSatisfy(Self.holdsWithoutFields) else { return false }
        switch kind {
        case .exact: return path == self.path
        case .prefix: return path.hasPrefix(self.path)
        case .regex:
            do {
                return try Regex(self.path).wholeMatch(in: path) != nil
            } catch {
                // A pattern of Envoy's that Swift does not know takes nothing here.
                return false
            }
        }
    }

    /// Whether a header condition is met by a request that does not have the field.
    private static func holdsWithoutFields(_ header: JSONValue) -> Bool {
        if header["present"]?.bool == true { return false }
        if header["notpresent"]?.bool == true { return true }
        let isNegative = header["notcontains"] != nil || header["notexact"] != nil
        return isNegative && header["treatMissingAsEmpty"]?.bool == true
    }

    /// What is asked first: exact before regex before prefix, longer before shorter, then more conditions.
    ///
    /// No path at all is the prefix `/`.
    var precedence: [Int] { [kind.rawValue, max(1, path.utf8.count), headers.count, queries.count] }
}
