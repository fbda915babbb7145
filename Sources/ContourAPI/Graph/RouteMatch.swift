package import JSON

/// Which requests are taken: the conditions of includes and a route put together, as Contour does it.
package struct RouteMatch: Hashable, Sendable {
    /// How the path is compared.
    package enum PathKind: Int, Hashable, Sendable {
        case prefix
        case regex
        case exact
    }

    /// How the path is compared.
    package let kind: PathKind
    /// What it is compared with, all conditions joined: `/api`.
    package let path: String
    /// Conditions on header fields, in their order.
    package let headers: [FieldMatch]
    /// Conditions on query parameters, in their order.
    package let parameters: [FieldMatch]

    /// The match of `conditions`: those of the includes from the root down, then those of the route.
    ///
    /// A regular expression anywhere makes the whole path one; otherwise the last element says what the path is.
    package init(_ conditions: [JSONValue] = []) {
        var path = ""
        var isRegex = false
        for condition in conditions {
            let kind = ["prefix", "exact", "regex"].first { condition[$0]?.string?.isEmpty == false }
            guard let kind else { continue }
            path += condition[kind]?.string ?? ""
            isRegex = isRegex || kind == "regex"
        }
        self.path = path.isEmpty ? "/" : Self.collapsed(path)
        let last = conditions.last ?? .null
        let isExact = last["exact"]?.string?.isEmpty == false && last["prefix"]?.string?.isEmpty != false
        kind = path.isEmpty ? .prefix : isRegex ? .regex : isExact ? .exact : .prefix
        headers = conditions.compactMap { $0["header"] }.compactMap { FieldMatch(header: $0) }
        parameters = conditions.compactMap { $0["queryParameter"] }.compactMap { FieldMatch(parameter: $0) }
    }

    /// Runs of `/` made one.
    private static func collapsed(_ path: String) -> String {
        guard path.contains("//") else { return path }
        var result = ""
        for character in path where character != "/" || result.last != "/" { result.append(character) }
        return result
    }

    /// Whether every request is taken.
    package var takesEverything: Bool { kind == .prefix && path == "/" && headers.isEmpty && parameters.isEmpty }

    /// Whether `request` is taken.
    package func takes(_ request: RouteRequest) -> Bool {
        let isTaken =
            switch kind {
            case .exact: request.path == path
            case .prefix: request.path.hasPrefix(path)
            case .regex: FieldMatch.matches(path, request.path)
            }
        return isTaken && headers.allSatisfy { $0.takes(request.headers[$0.name.lowercased()]) }
            && parameters.allSatisfy { $0.takes(request.parameters[$0.name]) }
    }

    /// What is asked first: exact before regex before prefix, longer before shorter, then the method, then more
    /// conditions.
    package var precedence: [Int] {
        let hasMethod = headers.contains { $0.name == ":method" }
        return [kind.rawValue, path.utf8.count, hasMethod ? 1 : 0, headers.count, parameters.count]
    }

    /// `/api`, `exactly /api`, `/api where x-canary is v1 and the parameter debug is present`.
    package var words: String {
        let place =
            switch kind {
            case .prefix: path
            case .exact: "exactly \(path)"
            case .regex: "paths matching \(path)"
            }
        let conditions = headers.map(\.words) + parameters.map { "the parameter \($0.words)" }
        return conditions.isEmpty ? place : "\(place) where \(conditions.joined(separator: " and "))"
    }
}
