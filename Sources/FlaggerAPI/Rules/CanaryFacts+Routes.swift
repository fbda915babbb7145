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
        for proxy in view.objects(.httpProxies, with: .leadsTo(apex), namespace: namespace)
        where proxy.name != apex && proxy.namespace == namespace {
            warn(
                "route-bypassed",
                path,
                service["name"],
                "HTTPProxy \(proxy.name) leads past it to the Service",
                "include \(apex)"
            )
        }
        // Where there is none at all, the roots are kept elsewhere, or come later.
        let own = find(.httpProxies, apex, in: view)
        guard view.hasObjects(.httpProxies), own?[path: "spec", "virtualhost"] == nil,
            view.objects(.httpProxies, with: .includes(apex), namespace: namespace).isEmpty
        else { return }
        warn("route-not-included", path, service["name"], "no HTTPProxy includes \(apex)", "include it in a root")
    }
}
