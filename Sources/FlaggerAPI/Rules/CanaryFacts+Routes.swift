import Admission
import JSON
import Kubernetes
import Schema

/// How requests come to the HTTPProxy that divides them.
extension CanaryFacts {
    /// The HTTPProxy of a Canary has no host of its own: another, a root, includes it.
    mutating func checkRoutes(in view: ClusterView) {
        // Of what is refused, or has no target yet, there is no route to look for.
        guard usesContour, let apex = apexName, apex.utf8.count <= 55, StringFormat.dnsLabel.accepts(apex),
            view.knows(.httpProxies), !findings.contains(where: { $0.severity == .deny }),
            targetObject(in: view) != nil || !view.knows(.deployments)
        else { return }
        let path = Self.servicePath.member("name")
        let proxies = view.objects(.httpProxies)
        // A route leads to Services of its own namespace alone, an include anywhere.
        let near = view.objects(.httpProxies, namespace: namespace)
            .filter { $0.name != apex && Self.services(of: $0).contains(apex) }
        for proxy in near.sorted(by: { $0.name < $1.name }) {
            warn(
                "route-bypassed",
                path,
                service["name"],
                "HTTPProxy \(proxy.name) leads past it to the Service",
                "include \(apex)"
            )
        }
        let own = find(.httpProxies, apex, in: view)
        guard own?[path: "spec", "virtualhost"] == nil, !proxies.contains(where: { includes(apex, $0) }) else { return }
        warn("route-not-included", path, service["name"], "no HTTPProxy includes \(apex)", "include it in a root")
    }

    private func includes(_ apex: String, _ proxy: JSONValue) -> Bool {
        (proxy[path: "spec", "includes"]?.array ?? []).contains {
            $0["name"]?.string == apex && ($0["namespace"]?.string ?? proxy.namespace) == namespace
        }
    }

    /// The Services that the routes of `proxy` lead to.
    private static func services(of proxy: JSONValue) -> [String] {
        (proxy[path: "spec", "routes"]?.array ?? []).flatMap { $0["services"]?.array ?? [] }
            .compactMap { $0["name"]?.string }
    }
}
