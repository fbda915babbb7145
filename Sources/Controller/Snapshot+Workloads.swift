import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// The workloads and what scales them, as they were read.
extension Snapshot {
    var targetWorkload: Workload? {
        guard let target else { return nil }
        return Workload(deployment: target, revision: revision, isAdmitted: isAdmitted(target))
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
