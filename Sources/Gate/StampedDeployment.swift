import Admission
import JSON
import Platform

/// A target Deployment as it is sent, and what the gate makes of it.
struct StampedDeployment {
    /// How old a stamp may be that a request brought along: API servers end a request after a minute, so an older one
    /// was copied, for example by `kubectl rollout undo` from a ReplicaSet.
    private static let stampLifetime = Duration.seconds(60)

    /// The Deployment.
    let object: JSONCursor
    /// The Canary that drives it.
    let canary: GatedCanary
    /// Who sends it.
    let username: String
    /// The moment of the call.
    let now: Timestamp

    /// The verdict on one that comes into being: its gate is closed whatever its template is.
    ///
    /// It takes the place of one that was deleted, perhaps while that carried live traffic which its pods would get at
    /// once; the loop opens the gate when the traffic is home.
    func created() -> Verdict {
        guard let template = object["spec", "template"]?.value else { return .allowed }
        var edits = DeploymentEdits(object)
        let stamp = stamp(
            RevisionDigest.of(template: template, known: canary.knownRevisions),
            change: TemplateChange.creation(of: template)
        )
        _ = edits.write(stamp)
        _ = edits.pause(true)
        return Verdict(patch: edits.patch, warnings: pauseWarnings(stamp))
    }

    /// The verdict on one that takes the place of `stored`.
    func updated(from stored: JSONCursor) -> Verdict {
        var edits = DeploymentEdits(object)
        var warnings: [String] = []
        if let change = NewTemplate(in: object, insteadOf: stored, known: canary.knownRevisions) {
            warnings += take(change, insteadOf: stored, with: &edits)
        } else {
            warnings += restore(stored, with: &edits)
        }
        if let reason = OwnedObject.breakGlass(on: object["metadata", "annotations"]) {
            if object["spec", "replicas"]?.int != stored["spec", "replicas"]?.int {
                warnings.append(OneLine.warning("break-glass on deployment/\(canary.target): \(reason)"))
            }
        } else if let replicas = stored["spec", "replicas"]?.int, edits.scale(to: replicas) {
            let instead = canary.autoscaler.map { "change \($0)" } ?? "scale deployment/\(canary.primary)"
            warnings.append(
                OneLine.warning(
                    "spec.replicas stays \(replicas): canary \(canary.name) scales this target; \(instead) instead"
                )
            )
        }
        return Verdict(patch: edits.patch, warnings: warnings)
    }

    /// Stamps a new template.
    ///
    /// Its gate is open only where the primary runs that template and nothing is under analysis:
    /// then there is nothing to decide. Where ConfigMaps or Secrets are part of what was promoted, the loop decides, as
    /// they are not known here.
    private func take(
        _ change: NewTemplate,
        insteadOf stored: JSONCursor,
        with edits: inout DeploymentEdits
    ) -> [String] {
        let isPromoted = canary.isAtRest && change.revision == canary.promotedRevision
        let stamp = stamp(
            change.revision,
            gate: isPromoted ? GateAnnotations.open : GateAnnotations.closed,
            change: TemplateChange(from: change.old, to: change.new).text
        )
        _ = edits.write(stamp)
        if stamp.isClosed || GateStamp(of: stored).isClosed { _ = edits.pause(stamp.isClosed) }
        return pauseWarnings(stamp)
    }

    /// The stamp of `revision`; where the request brings the same along from a moment ago, it is that one.
    private func stamp(_ revision: String, gate: String = GateAnnotations.closed, change: String) -> GateStamp {
        var stamp = GateStamp(
            revision: revision,
            gate: gate,
            change: change,
            requestedBy: OneLine.cut(username, to: TemplateChange.limit),
            requestedAt: now.rfc3339
        )
        let isRepeated = object["metadata", "annotations"]?[GateAnnotations.revision]?.isString(revision) ?? false
        guard isRepeated else { return stamp }
        let present = GateStamp(of: object)
        if present.saysTheSame(as: stamp), isFresh(present.requestedAt) { stamp.requestedAt = present.requestedAt }
        return stamp
    }

    /// Puts back what only the gate and the loop write.
    private func restore(_ stored: JSONCursor, with edits: inout DeploymentEdits) -> [String] {
        let stamp = GateStamp(of: stored)
        var warnings: [String] = []
        if edits.write(stamp) {
            warnings.append(
                "the gate's canarygate.dev annotations stay as they were: canary \(canary.name) writes them"
            )
        }
        if stamp.isClosed, edits.pause(true) {
            warnings.append(
                "spec.paused stays true: canary \(canary.name) opens the gate of revision \(stamp.revision ?? "")"
            )
        }
        return warnings.map(OneLine.warning)
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

    private func isFresh(_ time: String?) -> Bool {
        guard let time, let instant = Timestamp(rfc3339: time) else { return false }
        return (Duration.zero...Self.stampLifetime).contains(now - instant)
    }
}
