import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// The workloads and what scales them, as they were read.
extension Snapshot {
    /// The revision of the target's pod template, by the name that the Canary knows it under.
    var revision: String? {
        target.map {
            let known = [canary.status.lastPromotedSpec, canary.status.lastAppliedSpec]
            return RevisionDigest.of(template: $0[path: "spec", "template"] ?? .null, known: known)
        }
    }

    var targetWorkload: Workload? {
        guard let target else { return nil }
        let isAdmitted =
            target.annotation(GateAnnotations.gate) == GateAnnotations.open
            && target.annotation(GateAnnotations.revision) == revision
            && target[path: "spec", "paused"]?.bool != true
        return Workload(deployment: target, revision: revision, isAdmitted: isAdmitted)
    }

    var autoscalerState: AutoscalerState? {
        guard canary.autoscaler != nil else { return nil }
        let hasSource = autoscaler != nil
        guard let copy = primaryAutoscaler else { return AutoscalerState(hasSource: hasSource, copy: .missing) }
        if let owner = Ownership.foreign(copy, to: canary) {
            return AutoscalerState(hasSource: hasSource, copy: .foreign(owner))
        }
        let isCurrent =
            autoscaler.map { copy["spec"] == PrimaryAutoscaler.spec(for: canary, source: $0) } ?? true
        return AutoscalerState(hasSource: hasSource, copy: isCurrent ? .current : .differs)
    }
}
