/// How the loop is set up.
package struct ControllerSettings: Sendable {
    /// The namespace to look after; nil for all.
    package var namespace: String?
    /// Contour's ingress class for new HTTPProxies; nil for its default.
    package var ingressClass: String?
    /// How many rounds may work at once; those that wait for a hook or a measurement are not counted.
    package var workers = 8
    /// What is copied from a team's objects besides what must be.
    package var copying: CopySettings
    /// How often a Canary on its way is looked at: pods and routes get ready between the checks.
    package var activePoll: Duration = .seconds(2)
    /// How often a Canary at rest is looked at.
    package var restingPoll: Duration = .seconds(5)
    /// How often new Canaries are looked for; nil where the loop is told of what changes.
    package var listPoll: Duration? = .seconds(5)

    /// The settings named, the rest as they are by default.
    package init(namespace: String? = nil, ingressClass: String? = nil, copying: CopySettings = CopySettings()) {
        self.namespace = namespace
        self.ingressClass = ingressClass
        self.copying = copying
    }

    /// The settings of a loop that reads from caches and is told of what changes.
    ///
    /// It need not look to find out. A look at a Canary on its way, for what nobody tells of, costs it no call; one at a
    /// Canary at rest is a safety net.
    package static func informed(
        namespace: String? = nil,
        ingressClass: String? = nil,
        copying: CopySettings = CopySettings()
    ) -> ControllerSettings {
        var settings = ControllerSettings(namespace: namespace, ingressClass: ingressClass, copying: copying)
        settings.activePoll = .seconds(5)
        settings.restingPoll = .seconds(600)
        settings.listPoll = nil
        return settings
    }
}
