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

    /// What is wrong with `proxy` by itself and among the objects of `view`, and what it changes for others.
    ///
    /// The ways from the roots down to the object are walked, and what it includes itself; not the whole graph.
    ///
    /// - Parameters:
    ///   - proxy: the HTTPProxy as it is to be.
    ///   - stored: as it was; nil where it is new, or is judged as it stands.
    ///   - view: the other objects; whether the HTTPProxy itself is among them makes no difference.
    ///   - settings: how Contour is set up.
    /// - Returns: the findings: first those on the object by itself, then those among others, then on what changes.
    package static func findings(
        in proxy: JSONValue,
        insteadOf stored: JSONValue? = nil,
        among view: ClusterView,
        under settings: ContourSettings = ContourSettings()
    ) -> [Finding] {
        var facts = ProxyFacts(proxy, in: view, settings: settings)
        facts.checkAll()
        let own = facts.checks.faults().map(\.finding)
        guard let stored else { return own + facts.findings }
        let departure = ProxyDeparture(of: stored, to: proxy, in: view, settings: settings)
        return own + facts.findings + departure.findings()
    }

    /// What the deletion of `proxy` does to those that include it or are included by it; warnings alone.
    package static func findings(
        deleting proxy: JSONValue,
        among view: ClusterView,
        under settings: ContourSettings = ContourSettings()
    ) -> [Finding] {
        ProxyDeparture(of: proxy, to: nil, in: view, settings: settings).findings()
    }
}
