/// What of a team's objects goes onto the primary's copies of them, their content apart.
package struct CopySettings: Hashable, Sendable {
    /// Labels whose names begin with one of these are copied; `*` stands for all of them.
    ///
    /// Source: Flagger's `-include-label-prefix`.
    package var labelPrefixes: [String]
    /// Whether the primary reads copies of the target's ConfigMaps and Secrets, which change at a promotion alone.
    ///
    /// Source: Flagger's `-enable-config-tracking`.
    package var tracksConfigs: Bool

    /// No labels, and copies of ConfigMaps and Secrets, unless told otherwise.
    package init(labelPrefixes: [String] = [], tracksConfigs: Bool = true) {
        self.labelPrefixes = labelPrefixes
        self.tracksConfigs = tracksConfigs
    }

    /// Whether a copy gets the label `name`.
    func copies(label name: String) -> Bool {
        Self.isTeams(name) && labelPrefixes.contains { $0 == "*" || !$0.isEmpty && name.hasPrefix($0) }
    }

    /// Whether a primary gets the annotation `name`: what tools keep on an object for themselves stays on that object.
    func copies(annotation name: String) -> Bool {
        let tools = ["kubectl.kubernetes.io/", "deployment.kubernetes.io/", "deprecated.daemonset.template.generation"]
        return Self.isTeams(name) && !tools.contains { name.hasPrefix($0) }
    }

    /// Whether a label or annotation is neither Flux's, which would take the copy for its own, nor ours.
    private static func isTeams(_ name: String) -> Bool {
        !name.contains("toolkit.fluxcd.io") && !name.hasPrefix("canarygate.dev/")
    }
}
