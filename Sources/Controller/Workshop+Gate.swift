import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// The target: its gate and its replicas.
extension Workshop {
    /// Opens the gate and sets the replicas in one change, so that no pod comes without a say and none is missing.
    func admitTarget(_ revision: String, _ replicas: Int?) async throws {
        let target = try found(snapshot.target, "open gate", canary.targetLabel)
        guard snapshot.revision == revision else {
            throw stale("open gate", "\(canary.targetLabel) no longer holds revision \(revision)")
        }
        let count = replicas ?? restoredReplicas(target)
        var annotations: JSONValue = [
            GateAnnotations.revision: .string(RevisionDigest.template(of: revision)),
            GateAnnotations.gate: .string(GateAnnotations.open),
            GateAnnotations.configs: RevisionDigest.configs(of: revision).map(JSONValue.string) ?? .null,
        ]
        var spec = targetSpec(replicas: count, isPaused: false)
        if let strategy = RollingHold.strategy(heldOn: target) {
            spec["updateStrategy"] = strategy
            annotations[GateAnnotations.updateStrategy] = .null
        }
        try await patchTarget(spec, annotations: annotations)
    }

    /// Closes the gate for `revision`, which came without being asked for; its pods stay as they are, and no more of them
    /// are made.
    func closeGate(_ revision: String, _ change: String) async throws {
        guard snapshot.revision == revision, let slip = snapshot.slip else {
            throw stale("close gate", "\(canary.targetLabel) no longer holds revision \(revision) ungated")
        }
        let annotations: JSONValue = [
            GateAnnotations.revision: .string(RevisionDigest.template(of: revision)),
            GateAnnotations.gate: .string(GateAnnotations.closed),
            GateAnnotations.change: .string(change),
            GateAnnotations.requestedBy: .string(slip.requestedBy.isEmpty ? "unknown" : slip.requestedBy),
            GateAnnotations.requestedAt: slip.since.map { .string($0.rfc3339) } ?? .null,
        ]
        let isHeld = canary.targetKind == .deployment
        try await patchTarget(isHeld ? ["paused": true] : targetSpec(replicas: 0), annotations: annotations)
    }

    /// Puts the label by which admission sees them on what lacks it, and the finalizer on the Canary.
    ///
    /// What may not be changed stays as it is: it goes without admission's eye on it.
    func markManaged() async throws(KubernetesError) {
        for (type, object) in snapshot.unmarked {
            let metadata: JSONValue = [
                "resourceVersion": .string(object.resourceVersion), "labels": [GateAnnotations.managed: "true"],
            ]
            do {
                _ = try await api.patch(type, object.key, .merge(["metadata": metadata]), subresource: nil)
            } catch {
                guard error.code == 403 else { throw error }
            }
        }
        guard !snapshot.hasFinalizer, !canary.isDeleting else { return }
        let finalizers = canary.object[path: "metadata", "finalizers"]?.array ?? []
        try await setFinalizers(finalizers + [.string(Handover.finalizer)])
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
        var metadata: JSONValue = [
            "resourceVersion": .string(target.resourceVersion), "labels": [GateAnnotations.managed: "true"],
        ]
        if let annotations { metadata["annotations"] = annotations }
        _ = try await api.patch(
            canary.targetKind.resourceType,
            target.key,
            .merge(["metadata": metadata, "spec": spec]),
            subresource: nil
        )
    }
}
