import FlaggerAPI
import Gate
import JSON
import Kubernetes

/// The target: its gate and its replicas.
extension Workshop {
    /// Opens the gate and sets the replicas in one change, so that no pod comes without a say and none is missing.
    func admitTarget(_ revision: String, _ replicas: Int?) async throws {
        let target = try found(snapshot.target, "open gate", canary.targetLabel)
        guard snapshot.revision == revision else {
            throw stale("open gate", "\(canary.targetLabel) no longer holds revision \(revision)")
        }
        let count = replicas ?? restoredReplicas(target)
        let annotations: JSONValue = [
            GateAnnotations.revision: .string(revision), GateAnnotations.gate: .string(GateAnnotations.open),
        ]
        try await patchTarget(targetSpec(replicas: count, isPaused: false), annotations: annotations)
    }

    /// What it has; else its autoscaler's least number, or without one as many as the primary.
    private func restoredReplicas(_ target: JSONValue) -> Int {
        let current = target[path: "spec", "replicas"]?.int ?? 1
        if current > 0 { return current }
        if canary.autoscaler != nil { return max(1, scalerMinimum ?? 1) }
        return max(1, snapshot.primary?[path: "spec", "replicas"]?.int ?? 1)
    }

    func patchTarget(_ spec: JSONValue, annotations: JSONValue?) async throws {
        let target = try found(snapshot.target, "change target", canary.targetLabel)
        var metadata: JSONValue = ["resourceVersion": .string(target.resourceVersion)]
        if let annotations { metadata["annotations"] = annotations }
        _ = try await api.patch(
            canary.targetKind.resourceType,
            target.key,
            .merge(["metadata": metadata, "spec": spec]),
            subresource: nil
        )
    }
}
