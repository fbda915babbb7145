package import JSON

/// The checks of one HTTPProxy, in Contour's order.
///
/// Each part below is one of the steps in which Contour evaluates an object. All that is wrong is told, also what
/// Contour would not get to: it stops, skips and drops where the faults' reach says so. Source: section by section the
/// conditions of Contour's HTTPProxy status.
package struct ProxyChecks {
    /// The checks of `proxy` among the objects that `neighbourhood` knows.
    package init(_ proxy: JSONValue, among neighbourhood: Neighbourhood) {
        self.init(proxy, answers: neighbourhood)
    }

    /// The checks of `proxy` with answers from elsewhere.
    package init(_ proxy: JSONValue, answers: any NeighbourAnswers) {}

    /// What is wrong with a root before its includes are walked, its TCP part last; nothing for an object without a
    /// virtualhost.
    package func rootFaults() -> [ProxyFault] { [] }

    /// What is wrong with `spec.tcpproxy`: Contour looks at a child's when a TCP include leads to it.
    package func tcpFaults() -> [ProxyFault] { [] }

    /// What is wrong with `spec.includes[index]` whatever it leads to.
    package func includeFaults(_ index: Int) -> [ProxyFault] { [] }

    /// What is wrong with `spec.routes[index]`.
    ///
    /// `conditions` are those of the includes on the way from the root, one after the other; none for the route by
    /// itself.
    package func routeFaults(_ index: Int, inheriting conditions: [JSONValue]) -> [ProxyFault] { [] }

    /// What is wrong with a root after its routes are collected: CORS, rate limit, a global authorisation, addresses;
    /// nothing for an object without a virtualhost.
    package func closingFaults() -> [ProxyFault] { [] }

    /// What Contour does not report: the schema's and the CRD's limits, and what Envoy refuses or does otherwise than
    /// was meant.
    package func formFaults() -> [ProxyFault] { [] }

    /// All that is wrong with the object as it stands by itself, each thing once.
    package func faults() -> [ProxyFault] { [] }

    /// The provider of tokens that `spec.routes[index]` asks for by name; nil where it leaves that to the root.
    package func requiredProvider(ofRoute index: Int) -> String? { nil }

    /// The names of the root's providers of tokens.
    package var providerNames: [String] { [] }
}
