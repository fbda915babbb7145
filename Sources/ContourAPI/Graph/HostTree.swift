/// What hangs on one root HTTPProxy: its host, the tree of includes and the routes that are in force.
package struct HostTree: Hashable, Sendable {
    /// Who ends TLS.
    package enum TLS: Hashable, Sendable {
        /// There is none: plain HTTP alone.
        case none
        /// Envoy, with the certificate in this Secret, `name` or `namespace/name`.
        case terminated(secret: String)
        /// The backend.
        case passthrough
    }

    /// Whether the host is served.
    package enum State: Hashable, Sendable {
        /// It has its routes.
        case served
        /// The root is refused or holds a name that others hold too: requests get 404.
        case absent
        /// It is there, but its routes are not: requests get 404.
        case withoutRoutes
    }

    /// The host name, lower case; empty where the root names none.
    package let host: String
    /// Who ends TLS.
    package let tls: TLS
    /// Whether the host is served.
    package let state: State
    /// The root and what it includes; where the host is absent the includes are not followed.
    package let root: ProxyNode
    /// The chain of objects that TLS connections are passed by, the root first; empty where the root has no `tcpproxy`.
    package let tcp: [TCPNode]
    /// The routes in force, in Contour's order: of two that take the same requests the later counts.
    package let routes: [HostRoute]

    /// The route that takes `request`; nil where Envoy answers 404.
    package func route(for request: RouteRequest) -> HostRoute? {
        var best: HostRoute?
        for route in routes where route.match.takes(request) {
            if let best, route.match.precedence.lexicographicallyPrecedes(best.match.precedence) { continue }
            best = route
        }
        return best
    }
}
