/// The routes of one root's host name.
struct HostRoutes: Hashable, Sendable {
    /// The host name.
    let host: String
    /// Its routes; of two that take the same requests the later is in force.
    let routes: [ResolvedRoute]

    /// The route for a request for `path` without header fields; nil where Envoy would answer 404.
    func route(for path: String) -> ResolvedRoute? {
        var best: ResolvedRoute?
        for route in routes where route.match.takes(path) {
            if let chosen = best, route.match.precedence.lexicographicallyPrecedes(chosen.match.precedence) { continue }
            best = route
        }
        return best
    }
}
