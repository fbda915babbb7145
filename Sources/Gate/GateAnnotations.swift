import Admission

/// What the webhook writes on a target Deployment, and the loop after it.
package enum GateAnnotations {
    /// The pod template's revision, without what ConfigMaps and Secrets add to it: `RevisionDigest.template(of:)`.
    package static let revision = "canarygate.dev/revision"
    /// `closed` until the loop lets the revision's pods be made, then `open`.
    package static let gate = "canarygate.dev/gate"
    /// What changed: `podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1`.
    package static let change = "canarygate.dev/change"
    /// Who asked for the revision.
    package static let requestedBy = "canarygate.dev/requested-by"
    /// When, RFC 3339.
    package static let requestedAt = "canarygate.dev/requested-at"
    /// What the revision that was let in says of ConfigMaps and Secrets; the loop alone writes it, and pods that were made
    /// with others are made anew.
    package static let configs = "canarygate.dev/configs"
    /// The node selector by which a DaemonSet has no pods.
    package static let holdingSelector = "flagger.app/scale-to-zero"
    /// On a DaemonSet whose pods are kept as they are while the gate is closed: the team's own `updateStrategy`, as JSON.
    package static let updateStrategy = "canarygate.dev/update-strategy"
    /// On any object that the loop owns: why a change by hand is let through.
    package static let breakGlass = BreakGlass.annotation
    /// Beside it: until when, RFC 3339; for ever without.
    package static let breakGlassUntil = BreakGlass.untilAnnotation
    /// The label, `true`, on every object that admission is asked about: targets, what the loop makes, and tracked
    /// ConfigMaps and Secrets.
    ///
    /// These have `change`, `requestedBy` and `requestedAt` too, as targets have.
    package static let managed = "canarygate.dev/managed"
    /// The gate's value while no pod of the revision may be made.
    package static let closed = "closed"
    /// The gate's value once the loop has let the revision in.
    package static let open = "open"
}
