import Admission
import JSON
import Platform

/// A target as it is sent, a Deployment or a DaemonSet, and what the gate makes of it.
///
/// Behind a closed gate a Deployment is paused. A DaemonSet can't be: at rest a node selector keeps it from having pods, which
/// is put back like the replicas of a Deployment.
struct StampedTarget {
    /// What the API server asks.
    let request: AdmissionRequest
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
        if isDaemonSet { edits.hold() } else { _ = edits.pause(true) }
        return Verdict(patch: edits.patch, warnings: pauseWarnings(stamp))
    }

    /// The verdict on one that takes the place of `stored`, in the cluster of `view`.
    func updated(from stored: JSONCursor, in view: ClusterView) -> Verdict {
        var edits = ObjectEdits(object)
        edits.mark()
        var warnings: [String] = []
        let isHeld = isDaemonSet && Self.isHeld(stored)
        if isHeld { edits.hold() }
        if let change = NewTemplate(in: object, insteadOf: stored, known: canary.knownRevisions) {
            warnings += take(change, insteadOf: stored, with: &edits)
            if isDaemonSet, !isHeld {
                warnings.append(
                    "a DaemonSet can't be paused: pods under analysis are replaced until the loop holds them"
                )
            }
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
        let old = GateStamp(of: stored)
        let stamp = stamp(
            change.revision,
            gate: isPromoted ? GateAnnotations.open : GateAnnotations.closed,
            change: change.change.text,
            configs: old.configs
        )
        _ = edits.write(stamp)
        if !isDaemonSet, stamp.isClosed || old.isClosed { _ = edits.pause(stamp.isClosed) }
        return pauseWarnings(stamp)
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
        if stamp.isClosed, !isDaemonSet, edits.pause(true) {
            warnings.append(
                "spec.paused stays true: canary \(canary.name) opens the gate of revision \(stamp.revision ?? "")"
            )
        }
        return warnings.map(OneLine.warning)
    }

    private var isDaemonSet: Bool { canary.targetKind == "DaemonSet" }

    private static func isHeld(_ target: JSONCursor) -> Bool {
        target["spec", "template"]?["spec", "nodeSelector"]?[GateAnnotations.holdingSelector] != nil
    }

    /// Says that nobody will open the gate by and by.
    private func pauseWarnings(_ stamp: GateStamp) -> [String] {
        guard stamp.isClosed, canary.isSuspended else { return [] }
        return [
            OneLine.warning(
                "the new revision waits: canary \(canary.name) is suspended; set its spec.suspend to false to let it in"
            )
        ]
    }
}
