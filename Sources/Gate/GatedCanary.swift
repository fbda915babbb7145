import Admission
import JSON
import Kubernetes

/// What the gate and the guard need to know of a Canary.
struct GatedCanary {
    /// The Canary's name.
    let name: String
    /// Its namespace, which is that of everything it refers to and owns.
    let namespace: String
    /// The target's name, `podinfo`.
    let target: String
    /// The name of the Service in front, from which the generated ones are derived.
    let apex: String
    /// The target's autoscaler as kubectl names it, `hpa/podinfo`; nil without one.
    let autoscaler: String?
    /// Whether the loop leaves everything as it is.
    let isSuspended: Bool
    /// `status.phase`; empty before the first reconcile.
    let phase: String
    /// The revision that the primary runs; nil before the first promotion.
    let promotedRevision: String?

    init(_ canary: JSONValue) {
        let (metadata, spec, status) = (canary["metadata"], canary["spec"], canary["status"])
        let name = metadata?["name"]?.string ?? ""
        let target = spec?["targetRef"]?["name"]?.string ?? name
        self.name = name
        namespace = metadata?["namespace"]?.string ?? ""
        self.target = target
        apex = spec?["service"]?["name"]?.string ?? target
        autoscaler = Self.autoscaler(spec?["autoscalerRef"])
        isSuspended = spec?["suspend"]?.bool ?? false
        phase = status?["phase"]?.string ?? ""
        promotedRevision = status?["lastPromotedSpec"]?.string
    }

    /// The Canary that drives the Deployment `name`, past its initialisation and not on its way out.
    ///
    /// The first by name where several claim it; nil when there is none, for then the Deployment is its team's alone.
    static func driving(deployment name: String, namespace: String, in view: ClusterView) -> GatedCanary? {
        view.canaries(forTarget: "Deployment", namespace: namespace, name: name).lazy
            .filter { $0[path: "metadata", "deletionTimestamp"]?.string == nil }
            .map(GatedCanary.init).first(where: \.isPastInitialisation)
    }

    /// Whether the primary serves and the loop owns the target's replicas.
    var isPastInitialisation: Bool { !["", "Initializing", "Terminating", "Terminated"].contains(phase) }

    /// Whether nothing is being analysed or promoted, so that the target runs no pods with live traffic.
    var isAtRest: Bool { ["Initialized", "Succeeded", "Failed"].contains(phase) }

    /// The Deployment that serves the live traffic.
    var primary: String { "\(target)-primary" }

    /// `kubectl -n test `.
    var kubectl: String { "kubectl -n \(namespace)" }

    /// What ends a run by hand: who sets weights or a status wants either the new revision at once, or rid of it.
    var overrideCommands: String {
        let promote = "\(kubectl) patch canary/\(name) --type=merge -p '{\"spec\":{\"skipAnalysis\":true}}'"
        return "\(promote) (promotes at once) or \(kubectl) rollout undo deployment/\(target) (goes back)"
    }

    private static func autoscaler(_ reference: JSONValue?) -> String? {
        guard let name = reference?["name"]?.string else { return nil }
        return reference?["kind"]?.string == "ScaledObject" ? "scaledobject/\(name)" : "hpa/\(name)"
    }
}
