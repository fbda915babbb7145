import ContourAPI
import JSON
import Kubernetes

/// What the simulated Contour makes of all HTTPProxies and Services: a verdict on each object, and the routes in force.
///
/// A simulator: it follows the order in which Contour evaluates the graph, but knows neither Secrets, delegations and
/// ExtensionServices nor TCP proxying: what refers to them is taken for good.
struct ProxyGraph: Sendable {
    /// The errors on every object that Contour looks at; none for a valid one.
    private(set) var faults: [ObjectKey: [ProxyFault]] = [:]
    /// The hosts of the sound roots, by name.
    private(set) var hosts: [HostRoutes] = []

    /// The graph of `proxies`, those of other classes left out, over `services`.
    init(proxies: [JSONValue], services: [JSONValue]) {
        let seen = proxies.filter(ProxyClass.includes)
        var walk = GraphWalk(seen, services: services)
        let roots = seen.filter { $0[path: "spec", "virtualhost"]?.object != nil }
        let byHost = Dictionary(grouping: roots, by: Self.host)
        for root in roots {
            let name = Self.host(root)
            let holders = byHost[name] ?? []
            guard name.isEmpty || holders.count == 1 else {
                walk.add(Self.duplicate(name, holders), to: root.key)
                continue
            }
            guard let routes = walk.routes(ofRoot: root.key) else { continue }
            hosts.append(HostRoutes(host: name, routes: routes))
        }
        for proxy in seen where !walk.visited.contains(proxy.key) && walk.faults[proxy.key] == nil {
            let isRoot = proxy[path: "spec", "virtualhost"]?.object != nil
            walk.add(isRoot ? nil : .orphaned, to: proxy.key)
        }
        hosts.sort { $0.host < $1.host }
        faults = walk.faults
    }

    /// The route for a request to `host` for `path` without header fields.
    func route(host: String, path: String) -> ResolvedRoute? {
        hosts.first { $0.host == host }?.route(for: path)
    }

    private static func host(_ root: JSONValue) -> String {
        root[path: "spec", "virtualhost", "fqdn"]?.string?.lowercased() ?? ""
    }

    private static func duplicate(_ name: String, _ holders: [JSONValue]) -> ProxyFault {
        let keys = holders.map(\.key.description).sorted().joined(separator: ", ")
        return ProxyFault(
            type: "VirtualHostError",
            reason: "DuplicateVhost",
            message: "fqdn \"\(name)\" is used in multiple HTTPProxies: \(keys)"
        )
    }
}
