import Admission
import JSON
import Kubernetes
import Schema

/// What a deletion takes away: the primary and the Services, which the cluster collects with the Canary that owns them.
extension CanaryFacts {
    private static let breakGlass = "canarygate.dev/break-glass"
    /// The phases in which the target runs a revision that nobody has judged to the end.
    private static let unprovenPhases = ["Progressing", "WaitingPromotion"]

    /// Why a Canary may not go now.
    private struct Obstacle {
        let problem: String
        /// What to do first.
        let remedy: String
        /// What is left behind by break-glass, and what to do then.
        let aftermath: (problem: String, remedy: String)
    }

    mutating func checkDeletion(in view: ClusterView) {
        let isMade = !["", "Initializing", "Terminating", "Terminated"].contains(phase)
        guard isMade, object[path: "metadata", "deletionTimestamp"]?.string == nil else { return }
        guard !isNamespaceLeaving(view) else { return }
        // Our loop hands over what is proven, whatever is under analysis, and leaves the route with it.
        if isDriven, isReverted { return }
        warnOfInclude(view)
        guard let name = targetName, let obstacle = unproven(name) ?? outage(name, view) else { return }
        if let reason = glassReason {
            return warn(
                "delete-broken-glass",
                FieldPath("metadata", "annotations").member(Self.breakGlass),
                .string(reason),
                obstacle.aftermath.problem,
                obstacle.aftermath.remedy
            )
        }
        let path = FieldPath("spec", "targetRef", "name")
        let problem = "\(obstacle.problem), and the primary, which has the traffic, goes with the Canary"
        let remedy =
            "\(obstacle.remedy); or, to delete it all the same: kubectl -n \(namespace) annotate "
            + "canary/\(object.name) \(Self.breakGlass)='<reason>'"
        if Self.unprovenPhases.contains(phase) {
            deny("delete-mid-run", path, .string(name), problem, remedy)
        } else {
            deny("delete-outage", path, .string(name), problem, remedy)
        }
    }

    /// The reason of a broken glass; nil without one that says something.
    private var glassReason: String? {
        guard let reason = object.annotation(Self.breakGlass), reason.contains(where: { !$0.isWhitespace }) else {
            return nil
        }
        return reason
    }

    private func unproven(_ name: String) -> Obstacle? {
        guard Self.unprovenPhases.contains(phase), let kind = targetKind, kind != "Service" else { return nil }
        let undo = "kubectl -n \(namespace) rollout undo \(kind.lowercased())/\(name)"
        return Obstacle(
            problem: "\(name) runs a revision that is not proven",
            remedy: "wait for the end of the run, or go back first with: \(undo)",
            aftermath: ("\(name) runs a revision that is not proven", "look at it")
        )
    }

    private func outage(_ name: String, _ view: ClusterView) -> Obstacle? {
        guard !isReverted else { return nil }
        if isDriven { return unkept(name, view) }
        guard let fault = absence(of: name, in: view) else { return nil }
        return Obstacle(
            problem: fault.problem,
            remedy: "first run: \(fault.remedy)",
            aftermath: ("nothing serves \(name) now", "scale it up")
        )
    }

    /// A Canary from before there was the finalizer, or whose finalizer somebody took off: any change puts it on.
    private func unkept(_ name: String, _ view: ClusterView) -> Obstacle? {
        guard let fault = absence(of: name, in: view) else { return nil }
        let label = "kubectl -n \(namespace) label --overwrite canary/\(object.name) canarygate.dev/managed=true"
        return Obstacle(
            problem: "\(fault.problem), the Canary has not the finalizer \(Handover.finalizer)",
            remedy: "first run: \(label), which puts it on; then delete it",
            aftermath: ("nothing serves \(name) now", "scale it up")
        )
    }

    /// Whether the target gets its pods and its traffic back before the Canary goes: our loop and Flagger do that for
    /// those with their finalizers, our loop not where the glass is broken.
    private var isReverted: Bool {
        let finalizers = object[path: "metadata", "finalizers"]?.array ?? []
        if isDriven { return finalizers.contains(.string(Handover.finalizer)) && glassReason == nil }
        return spec["revertOnDeletion"] == true && finalizers.contains("finalizer.flagger.app")
    }

    private func isNamespaceLeaving(_ view: ClusterView) -> Bool {
        let found = view.object(.namespaces, ObjectKey(namespace: nil, name: namespace))
        return found?[path: "metadata", "deletionTimestamp"]?.string != nil
            || found?[path: "status", "phase"] == "Terminating"
    }

    /// Why the target can't take over what the primary has; nil where it can, or nobody knows.
    private func absence(of name: String, in view: ClusterView) -> (problem: String, remedy: String)? {
        let kubectl = "kubectl -n \(namespace)"
        if targetKind == "DaemonSet" { return absence(ofDaemonSet: name, kubectl, in: view) }
        guard targetKind == "Deployment", let target = find(.deployments, name, in: view),
            let primary = find(.deployments, "\(name)-primary", in: view)
        else { return nil }
        let serving = primary[path: "spec", "replicas"]?.int ?? 1
        guard serving > 0 else { return nil }
        if target[path: "spec", "replicas"]?.int == 0 {
            let scale = "\(kubectl) scale deployment/\(name) --replicas=\(serving)"
            return ("the Deployment \(name) has 0 replicas", scale)
        }
        guard let status = target["status"], (status["availableReplicas"]?.int ?? 0) == 0 else { return nil }
        return ("no pod of the Deployment \(name) is available", "\(kubectl) rollout status deployment/\(name)")
    }

    /// Flagger keeps a DaemonSet from having pods by a label that no node has.
    private func absence(
        ofDaemonSet name: String,
        _ kubectl: String,
        in view: ClusterView
    ) -> (problem: String, remedy: String)? {
        let label = "flagger.app/scale-to-zero"
        guard let target = find(.daemonSets, name, in: view),
            target[path: "spec", "template", "spec", "nodeSelector", label] != nil,
            find(.daemonSets, "\(name)-primary", in: view) != nil
        else { return nil }
        let patch = #"[{"op":"remove","path":"/spec/template/spec/nodeSelector/flagger.app~1scale-to-zero"}]"#
        return (
            "the DaemonSet \(name) has no pods, by the nodeSelector \(label)",
            "\(kubectl) patch daemonset/\(name) --type=json -p '\(patch)'"
        )
    }

    /// The HTTPProxy goes too, and with it what includes it.
    private mutating func warnOfInclude(_ view: ClusterView) {
        guard let apex = apexName, let proxy = find(.httpProxies, apex, in: view), isOwn(proxy) else { return }
        let including = view.objects(.httpProxies, with: .includes(apex), namespace: namespace)
        guard let root = including.first else { return }
        warn(
            "delete-breaks-include",
            Self.servicePath.member("name"),
            service["name"],
            "HTTPProxy \(root.name) loses \(apex)",
            "give it a route"
        )
    }
}
