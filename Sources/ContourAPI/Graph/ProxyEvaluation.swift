package import Kubernetes

/// What Contour makes of all HTTPProxies: a status for each, and what is in force.
package struct ProxyEvaluation: Hashable, Sendable {
    /// The status of every HTTPProxy of Contour's ingress class; it looks at no other.
    package let statuses: [ObjectKey: ProxyStatus]
    /// What hangs on each root, by host and then by the root's namespace and name; a host that several roots hold, or
    /// whose root is refused, is among them and not served.
    package let hosts: [HostTree]
    /// The HTTPProxies that no root leads to, by namespace and name.
    package let orphans: [ObjectKey]
    /// The roots below which not all includes were followed; see `ProxyGraph.repeatLimit`.
    package let cut: [ObjectKey]

    /// The tree that answers requests to `host`: the one of that name, or else of the wildcard that stands for it.
    package func tree(for host: String) -> HostTree? {
        let name = host.lowercased()
        let wildcard = name.firstIndex(of: ".").map { "*" + name[$0...] }
        return hosts.first { $0.host == name && $0.state != .absent }
            ?? hosts.first { $0.host == wildcard && $0.state != .absent }
    }

    /// The route that takes `request` to `host`; nil where Envoy answers 404.
    package func route(for request: RouteRequest, to host: String) -> HostRoute? {
        tree(for: host)?.route(for: request)
    }
}
