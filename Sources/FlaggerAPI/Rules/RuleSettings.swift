/// What the rules are asked under, besides the object and its neighbours.
package struct RuleSettings: Hashable, Sendable {
    /// Whether our loop drives the Canaries; Flagger does where it does not.
    package var isDriven: Bool
    /// Whether a Canary may refer to templates and providers of its own namespace alone.
    ///
    /// Flagger's flag `-no-cross-namespace-refs`, which it looks at when a Canary is first seen and at no later change.
    package var refusesForeignNamespaces: Bool
    /// The one namespace that is looked after; nil for all.
    package var namespace: String?

    /// The settings named; the rest as they are by default.
    package init(isDriven: Bool = true, refusesForeignNamespaces: Bool = false, namespace: String? = nil) {
        self.isDriven = isDriven
        self.refusesForeignNamespaces = refusesForeignNamespaces
        self.namespace = namespace
    }
}
