package import JSON

/// The checks of one HTTPProxy, in Contour's order.
///
/// Each part below is one of the steps in which Contour evaluates an object. All that is wrong is told, also what
/// Contour would not get to: it stops, skips and drops where the faults' reach says so. Source: section by section the
/// conditions of Contour's HTTPProxy status.
package struct ProxyChecks: Sendable {
    private let proxy: JSONValue
    private let context: ProxyContext

    /// The checks of `proxy` among the objects that `neighbourhood` knows.
    package init(_ proxy: JSONValue, among neighbourhood: Neighbourhood) {
        self.init(proxy, answers: neighbourhood)
    }

    /// The checks of `proxy` with answers from elsewhere.
    package init(_ proxy: JSONValue, answers: any NeighbourAnswers) {
        self.proxy = proxy
        context = ProxyContext(proxy, answers)
    }

    /// What is wrong with a root before its includes are walked, its TCP part last; nothing for an object without a
    /// virtualhost.
    package func rootFaults() -> [ProxyFault] {
        guard context.isRoot else { return [] }
        var faults = context.faultList
        HostChecks.check(context, into: &faults)
        TLSChecks.check(context, into: &faults)
        AuthorizationChecks.check(context, into: &faults)
        TokenChecks.check(context, into: &faults)
        if context.spec.has("tcpproxy"), context.tls.isNull {
            faults.add(
                .tcpWithoutTLS,
                at: "spec.tcpproxy",
                nil,
                "a TCP proxy listens on TLS alone",
                write: "add spec.virtualhost.tls with a secretName or passthrough: true"
            )
        }
        return faults.faults + tcpFaults()
    }

    /// What is wrong with `spec.tcpproxy`: Contour looks at a child's when a TCP include leads to it.
    package func tcpFaults() -> [ProxyFault] {
        var faults = context.faultList
        TCPChecks.check(context, into: &faults)
        return faults.faults
    }

    /// What is wrong with `spec.includes[index]` whatever it leads to.
    package func includeFaults(_ index: Int) -> [ProxyFault] {
        var faults = context.faultList
        IncludeChecks(context, atOnce: false).check(index, into: &faults)
        return faults.faults
    }

    /// The same of every include, by its place.
    package func includeFaults() -> [[ProxyFault]] {
        let checks = IncludeChecks(context, atOnce: true)
        return context.spec.list("includes").indices.map { index in
            var faults = context.faultList
            checks.check(index, into: &faults)
            return faults.faults
        }
    }

    /// What is wrong with `spec.routes[index]`.
    ///
    /// `conditions` are those of the includes on the way from the root, one after the other; none for the route by
    /// itself. After a fault that reaches for the next service Contour looks at nothing below that service.
    package func routeFaults(_ index: Int, inheriting conditions: [JSONValue]) -> [ProxyFault] {
        let routes = context.spec.list("routes")
        guard routes.indices.contains(index) else { return [] }
        var faults = context.faultList
        RouteChecks(routes[index], at: index, inheriting: conditions, context).check(into: &faults)
        return faults.faults
    }

    /// What is wrong with a root after its routes are collected: CORS, rate limit, a global authorisation, addresses;
    /// nothing for an object without a virtualhost.
    package func closingFaults() -> [ProxyFault] {
        guard context.isRoot else { return [] }
        var faults = context.faultList
        CORSChecks.check(context.virtualHost, into: &faults)
        if let limit = context.virtualHost["rateLimitPolicy"] {
            let path = "spec.virtualhost.rateLimitPolicy"
            RateLimitChecks(policy: limit, path: path, type: "VirtualHostError", reach: .stop).check(into: &faults)
        }
        AuthorizationChecks.checkClosing(context, into: &faults)
        AddressChecks.checkHost(context, into: &faults)
        return faults.faults
    }

    /// What Contour does not report: the schema's and the CRD's limits, and what Envoy refuses or does otherwise than
    /// was meant.
    package func formFaults() -> [ProxyFault] {
        var faults = context.faultList
        FormChecks.check(proxy, context, into: &faults)
        return faults.faults
    }

    /// All that is wrong with the object as it stands by itself, each thing once.
    package func faults() -> [ProxyFault] {
        var faults = formFaults() + (context.isRoot ? rootFaults() : tcpFaults())
        faults += includeFaults().joined()
        for index in context.spec.list("routes").indices { faults += routeFaults(index, inheriting: []) }
        return (faults + closingFaults()).filter { !$0.isConsequence }
    }

    /// The provider of tokens that `spec.routes[index]` asks for by name; nil where it leaves that to the root.
    package func requiredProvider(ofRoute index: Int) -> String? {
        let routes = context.spec.list("routes")
        return routes.indices.contains(index) ? routes[index]["jwtVerificationPolicy"]?.filled("require") : nil
    }

    /// The names of the root's providers of tokens.
    package var providerNames: [String] {
        context.virtualHost.list("jwtProviders").map { $0["name"]?.string ?? "" }
    }
}
