import Admission
import JSON
import Platform

/// A target as it is sent, a Deployment or a DaemonSet, and what the gate makes of it.
///
/// Behind a closed gate a Deployment is paused. A DaemonSet can't be: at rest a node selector keeps it from having pods, which
/// is put back like the replicas of a Deployment; pods that it has are kept by a `RollingHold`.
struct StampedTarget {
    /// What the API server asks.
    let request: AdmissionRequest
    /// What the target is, `Deployment` or `DaemonSet`.
    let kind: String
    /// The target.
    let object: JSONCursor
    /// The Canary that drives it.
    let canary: GatedCanary
    /// The moment of the call.
    let now: Timestamp

    /// The verdict on one that comes into being: its gate is closed whatever its template is.
    ///
    /// It takes the place of one that was deleted, perhaps while that carried live traffic which its pods would get at
    /// once; the loop opens the gate when the traffic is home.
    func created() -> Verdict {
        guard let template = object["spec", "template"]?.value else { return .allowed }
        var edits = ObjectEdits(object)
        edits.mark()
        let stamp = stamp(
            RevisionDigest.of(template: template, known: canary.knownRevisions),
            change: TemplateChange.creation(of: template)
        )
        _ = edits.write(stamp)
        if isDaemonSet {
            edits.hold()
            RollingHold(on: object).release(&edits)
        } else {
            _ = edits.pause(true)
        }
        return Verdict(patch: edits.patch, warnings: pauseWarnings(stamp) + handWarnings(insteadOf: nil))
    }

    /// The verdict on one that takes the place of `stored`, in the cluster of `view`.
    func updated(from stored: JSONCursor, in view: ClusterView) -> Verdict {
        var edits = ObjectEdits(object)
        edits.mark()
        var warnings: [String] = []
        if isDaemonSet {
            if Self.isHeld(stored) { edits.hold() }
            warnings += handWarnings(insteadOf: stored)
        }
        if let change = NewTemplate(in: object, insteadOf: stored, known: canary.knownRevisions) {
            warnings += take(change, insteadOf: stored, with: &edits)
        } else {
            warnings += restore(stored, with: &edits)
        }
        var verdict = Verdict()
        keepReplicas(of: stored, in: view, with: &edits, &verdict)
        verdict.patch = edits.patch
        verdict.warnings = warnings + verdict.warnings
        return verdict
    }

    /// Puts back the replicas, which the loop sets, but for a broken glass.
    private func keepReplicas(
        of stored: JSONCursor,
        in view: ClusterView,
        with edits: inout ObjectEdits,
        _ verdict: inout Verdict
    ) {
        guard let replicas = stored["spec", "replicas"]?.int, object["spec", "replicas"]?.int != replicas else {
            return
        }
        let instead = canary.autoscaler.map { "change \($0)" } ?? "scale \(canary.primaryTitle)"
        let (outcome, lookup) = GlassCase(
            title: canary.targetTitle,
            canary: canary.name,
            namespace: canary.namespace,
            glass: BreakGlass(among: object["metadata", "annotations"]),
            refusal: "canary \(canary.name) scales this target; \(instead) instead"
        )
        .outcome(of: request, in: view, now: now)
        verdict.lookup = lookup
        switch outcome {
        case .allowed(let use):
            verdict.brokenGlass = use
            verdict.warnings.append(use.warning)
        case .refused(let why):
            guard edits.scale(to: replicas) else { return }
            verdict.warnings.append(OneLine.warning("spec.replicas stays \(replicas): \(why)"))
        }
    }

    /// Stamps a new template.
    ///
    /// Its gate is open only where the primary runs that template and nothing is under analysis:
    /// then there is nothing to decide. Where ConfigMaps or Secrets are part of what was promoted, the loop decides, as
    /// they are not known here.
    private func take(
        _ change: NewTemplate,
        insteadOf stored: JSONCursor,
        with edits: inout ObjectEdits
    ) -> [String] {
        let isPromoted = canary.isAtRest && change.revision == canary.promotedRevision
        let stamp = stamp(
            change.revision,
            gate: isPromoted ? GateAnnotations.open : GateAnnotations.closed,
            change: change.change.text,
            configs: stored["metadata", "annotations"]?[GateAnnotations.configs]?.string
        )
        _ = edits.write(stamp)
        if isDaemonSet {
            _ = hold(insteadOf: stored, isClosed: stamp.isClosed, &edits)
        } else if stamp.isClosed || GateStamp.isClosed(on: stored) {
            _ = edits.pause(stamp.isClosed)
        }
        return pauseWarnings(stamp)
    }

    /// Keeps the pods of a DaemonSet as they are behind a closed gate, and lets it roll behind an open one.
    ///
    /// - Returns: whether the request would have let it roll behind a closed one.
    private func hold(insteadOf stored: JSONCursor, isClosed: Bool, _ edits: inout ObjectEdits) -> Bool {
        let hold = RollingHold(on: object, insteadOf: stored)
        guard isClosed, RollingHold.isOn(stored) || !Self.isHeld(stored) else {
            hold.release(&edits)
            return false
        }
        return hold.hold(&edits)
    }

    /// The stamp of `revision`, with the loop's note `configs` as it is; where the request brings the same along from a
    /// moment ago, it is that one.
    private func stamp(
        _ revision: String,
        gate: String = GateAnnotations.closed,
        change: String,
        configs: String? = nil
    ) -> GateStamp {
        var stamp = GateStamp(
            revision: revision,
            gate: gate,
            change: change,
            requestedBy: OneLine.cut(request.username, to: TemplateChange.limit),
            requestedAt: now.rfc3339
        )
        stamp.configs = configs
        let isRepeated = object["metadata", "annotations"]?[GateAnnotations.revision]?.isString(revision) ?? false
        return isRepeated ? stamp.keepingTime(of: object, at: now) : stamp
    }

    /// Puts back what only the gate and the loop write.
    private func restore(_ stored: JSONCursor, with edits: inout ObjectEdits) -> [String] {
        let stamp = GateStamp(of: stored)
        var warnings: [String] = []
        if edits.write(stamp) {
            warnings.append(
                "the gate's canarygate.dev annotations stay as they were: canary \(canary.name) writes them"
            )
        }
        let opener = "canary \(canary.name) opens the gate of revision \(stamp.revision ?? "")"
        if isDaemonSet {
            if hold(insteadOf: stored, isClosed: stamp.isClosed, &edits) {
                warnings.append("spec.updateStrategy stays OnDelete until \(opener)")
            }
        } else if stamp.isClosed, edits.pause(true) {
            warnings.append("spec.paused stays true: \(opener)")
        }
        return warnings.map(OneLine.warning)
    }

    private var isDaemonSet: Bool { kind == "DaemonSet" }

    private static func isHeld(_ target: JSONCursor) -> Bool {
        target["spec", "template"]?["spec", "nodeSelector"]?[GateAnnotations.holdingSelector] != nil
    }

    /// Says what becomes of a DaemonSet whose pods are to be replaced by hand from now on.
    private func handWarnings(insteadOf stored: JSONCursor?) -> [String] {
        func isByHand(_ target: JSONCursor?) -> Bool {
            target?["spec", "updateStrategy"]?["type"]?.isString("OnDelete") ?? false
        }
        guard isDaemonSet, isByHand(object), !isByHand(stored), !RollingHold.isOn(object) else { return [] }
        return [OneLine.warning("updateStrategy OnDelete: \(canary.primaryTitle) rolls by itself all the same")]
    }

    /// Says that nobody will open the gate by and by.
    private func pauseWarnings(_ stamp: GateStamp) -> [String] {
        guard stamp.isClosed, canary.isSuspended else { return [] }
        let wait =
            "the new revision waits: canary \(canary.name) is suspended; set its spec.suspend to false to let it in"
        let leak = "a pod that a node gets anew meanwhile is of the new revision: a DaemonSet can't be paused"
        return ([wait] + (isDaemonSet && !canary.isAtRest ? [leak] : [])).map(OneLine.warning)
    }
}
