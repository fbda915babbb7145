/// How the loop is set up.
package struct ControllerSettings: Sendable {
    /// The namespace to look after; nil for all.
    package var namespace: String?
    /// Contour's ingress class for new HTTPProxies; nil for its default.
    package var ingressClass: String?
    /// How often a Canary on its way is looked at: pods and routes get ready between the checks.
    package var activePoll: Duration = .seconds(2)
    /// How often a Canary at rest is looked at.
    package var restingPoll: Duration = .seconds(5)
    /// How often new Canaries are looked for.
    package var listPoll: Duration = .seconds(5)

    /// The settings named, the rest as they are by default.
    package init(namespace: String? = nil, ingressClass: String? = nil) {
        self.namespace = namespace
        self.ingressClass = ingressClass
    }
}
