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
}
