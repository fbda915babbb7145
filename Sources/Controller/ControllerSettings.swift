/// How the loop is set up.
package struct ControllerSettings: Sendable {
    /// The namespace to look after; nil for all.
    package var namespace: String?
    /// Contour's ingress class for new HTTPProxies; nil for its default.
    package var ingressClass: String?
    /// What is copied from a team's objects besides what must be.
    package var copying: CopySettings
    /// How often a Canary on its way is looked at: pods and routes get ready between the checks.
    package var activePoll: Duration = .seconds(2)
    /// How often a Canary at rest is looked at.
    package var restingPoll: Duration = .seconds(5)
    /// How often new Canaries are looked for.
    package var listPoll: Duration = .seconds(5)

    /// The settings named, the rest as they are by default.
    package init(namespace: String? = nil, ingressClass: String? = nil, copying: CopySettings = CopySettings()) {
        self.namespace = namespace
        self.ingressClass = ingressClass
        self.copying = copying
    }
}
