package import JSON

/// Which requests a route takes: the conditions of the includes on the way and its own, put together as Contour does.
///
/// Two routes of one host with equal matches are one to Contour: the later one stays.
package struct RequestMatch: Hashable, Sendable {
    /// The path.
    package let path: PathMatch
    /// The headers, in the order of the conditions.
    package let headers: [HeaderMatch]
    /// The query's parameters, in the order of the conditions.
    package let queries: [QueryMatch]

    /// The match of `conditions`, those of the includes first.
    package init(_ conditions: [JSONValue]) {
        path = PathMatch(conditions)
        headers = conditions.compactMap { $0["header"].flatMap(HeaderMatch.init) }
        queries = conditions.compactMap { $0["queryParameter"].flatMap(QueryMatch.init) }
    }

    /// A text that is equal for includes with identical conditions, whose order does not count; nil for those that may
    /// repeat: no conditions, or just the prefix `/`.
    var includeKey: String? {
        if path.text == "/", headers.isEmpty, queries.isEmpty { return nil }
        let parts = [[path.text], headers.map(\.key).sorted(), queries.map(\.key).sorted()]
        return parts.map { $0.joined(separator: "\u{1}") }.joined(separator: "\u{2}")
    }
}
