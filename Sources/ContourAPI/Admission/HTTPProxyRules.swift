package import Admission
package import JSON
import Kubernetes
package import Schema

/// What can be wrong with an HTTPProxy, all of it at once.
///
/// Source: Contour's documentation of HTTPProxy and the conditions that it reports on one.
package enum HTTPProxyRules {
    /// What is wrong with `proxy` whatever else is in the cluster.
    package static func findings(for proxy: JSONValue) -> [Finding] {
        ProxyChecks(proxy, among: Neighbourhood(of: proxy.namespace ?? "")).faults().map(\.finding)
    }

    /// What is wrong with `proxy` among the objects of `view`: a name that another one holds, references to what is not
    /// there.
    package static func findings(for proxy: JSONValue, among view: ClusterView) -> [Finding] {
        var findings = ProxyFindings()
        NeighbourRules.check(proxy, in: view, into: &findings)
        return findings.list
    }
}
