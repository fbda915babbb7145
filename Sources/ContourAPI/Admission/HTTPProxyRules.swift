package import Admission
package import JSON
package import Schema

/// What can be wrong with an HTTPProxy, all of it at once.
///
/// Source: Contour's documentation of HTTPProxy and the conditions that it reports on one.
package enum HTTPProxyRules {
    /// What is wrong with `proxy` whatever else is in the cluster.
    package static func findings(for proxy: JSONValue) -> [Finding] {
        var findings = ProxyFindings()
        let form = SchemaValidator(prefix: "httpproxy", schema: HTTPProxySchema.object).findings(in: proxy)
        let spec = proxy["spec"] ?? .object(JSONObject())
        VirtualHostRules.check(spec, into: &findings)
        IncludeRules.check(spec, of: proxy, into: &findings)
        for (index, route) in spec.list("routes").enumerated() {
            RouteRules.check(route, at: "spec.routes[\(index)]", into: &findings)
        }
        return form.map(softened) + findings.list
    }

    /// What is wrong with `proxy` among the objects of `view`: a name that another one holds, references to what is not
    /// there.
    package static func findings(for proxy: JSONValue, among view: ClusterView) -> [Finding] {
        var findings = ProxyFindings()
        NeighbourRules.check(proxy, in: view, into: &findings)
        return findings.list
    }

    /// A field that only this release does not know is Contour's to refuse: its CRD drops what it does not know either,
    /// so what gets here may well be newer than our schema.
    private static func softened(_ finding: Finding) -> Finding {
        guard finding.rule == "httpproxy/unknown-field" else { return finding }
        return finding.with(.warn)
    }
}
