import Admission
import JSON
import Kubernetes

/// What the gate and the guard need to know of a Canary; all but the phase is read when it is asked for, as most answers
/// need two or three of them.
struct GatedCanary {
    private let canary: JSONValue

    /// `status.phase`; empty before the first reconcile.
    let phase: String

    init(_ canary: JSONValue) {
        self.canary = canary
        phase = canary["status", "phase"]?.string ?? ""
    }

    /// The Canary's name.
    var name: String { canary["metadata", "name"]?.string ?? "" }

    /// Its namespace, which is that of everything it refers to and owns.
    var namespace: String { canary["metadata", "namespace"]?.string ?? "" }

    /// The target's name, `podinfo`.
    var target: String { canary["spec", "targetRef"]?["name"]?.string ?? name }

    /// The target's kind, `Deployment`.
    var targetKind: String { canary["spec", "targetRef"]?["kind"]?.string ?? "Deployment" }

    /// The target as kubectl names it, `deployment/podinfo`.
    var targetTitle: String { "\(targetKind.lowercased())/\(target)" }

    /// The workload that serves the live traffic, `deployment/podinfo-primary`.
    var primaryTitle: String { "\(targetKind.lowercased())/\(primary)" }

    /// The name of the Service in front, from which the generated ones are derived.
    var apex: String { canary["spec", "service"]?["name"]?.string ?? target }

    /// The target's autoscaler as kubectl names it, `hpa/podinfo`; nil without one.
    var autoscaler: String? { Self.autoscaler(canary["spec", "autoscalerRef"]) }

    /// The names of the cookies by which callers stay with a revision; none where they do not.
    var sessionCookies: [String] {
        let affinity = canary["spec", "analysis"]?["sessionAffinity"]
        return ["cookieName", "primaryCookieName"].compactMap { affinity?[$0]?.string }.filter { !$0.isEmpty }
    }

    /// Whether the loop leaves everything as it is.
    var isSuspended: Bool { canary["spec", "suspend"]?.bool ?? false }

    /// The revision that the primary runs; nil before the first promotion.
    var promotedRevision: String? { canary["status", "lastPromotedSpec"]?.string }

    /// The revision that was last seen; nil before the first.
    var appliedRevision: String? { canary["status", "lastAppliedSpec"]?.string }

    /// The revisions whose names the Canary knows, perhaps of earlier versions.
    var knownRevisions: [String] { [promotedRevision, appliedRevision].compactMap { $0 } }

    /// Whether it is on its way out.
    private var isBeingDeleted: Bool { canary["metadata", "deletionTimestamp"]?.string != nil }

    /// The Canary that drives the workload `name`, past its initialisation and not on its way out.
    ///
    /// The first by name where several claim it; nil when there is none, for then the workload is its team's alone.
    static func driving(
        _ kind: String,
        _ name: String,
        namespace: String,
        in view: ClusterView
    ) -> GatedCanary? {
        for object in view.canaries(forTarget: kind, namespace: namespace, name: name) {
            let canary = GatedCanary(object)
            if !canary.isBeingDeleted, canary.isPastInitialisation { return canary }
        }
        return nil
    }

    /// Whether the primary serves and the loop owns the target's replicas.
    var isPastInitialisation: Bool {
        !(phase.isEmpty || phase == "Initializing" || phase == "Terminating" || phase == "Terminated")
    }

    /// Whether nothing is being analysed or promoted, so that the target runs no pods with live traffic.
    var isAtRest: Bool {
        phase == "Initialized" || phase == "Succeeded" || phase == "Failed"
    }

    /// The Deployment that serves the live traffic.
    var primary: String { "\(target)-primary" }

    /// `kubectl -n test `.
    var kubectl: String { "kubectl -n \(namespace)" }

    /// What ends a run by hand: who sets weights or a status wants either the new revision at once, or rid of it.
    var overrideCommands: String {
        let promote = "\(kubectl) patch canary/\(name) --type=merge -p '{\"spec\":{\"skipAnalysis\":true}}'"
        return "\(promote) (promotes at once) or \(kubectl) rollout undo \(targetTitle) "
            + "(goes back; while it is paused, apply the promoted manifest)"
    }

    private static func autoscaler(_ reference: JSONValue?) -> String? {
        guard let name = reference?["name"]?.string else { return nil }
        return reference?["kind"]?.string == "ScaledObject" ? "scaledobject/\(name)" : "hpa/\(name)"
    }
}
