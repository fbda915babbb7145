import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// A Canary that is being deleted.
extension Workshop {
    /// Gives the target what is proven and as many pods as the primary has, and opens its gate, in one change.
    func restoreTarget(_ replicas: Int?) async throws {
        var target = try found(snapshot.target, "bring back target", canary.targetLabel)
        if !snapshot.isProven {
            let name = "the template of \(canary.status.lastPromotedSpec)"
            target[path: "spec", "template"] = try found(snapshot.promotedTemplate, "bring back target", name)
        }
        switch canary.targetKind {
        case .deployment:
            target[path: "spec", "replicas"] = .number(JSONNumber(replicas ?? handedReplicas(target)))
            target[path: "spec", "paused"] = false
        case .daemonSet:
            let template = target[path: "spec", "template"] ?? .null
            target[path: "spec", "template"] = ScaleToZero.removed(from: template)
            letRoll(&target)
        case .service: return
        }
        let template = target[path: "spec", "template"] ?? .null
        target[path: "metadata", "annotations", GateAnnotations.revision] = .string(
            RevisionDigest.of(template: template)
        )
        target[path: "metadata", "annotations", GateAnnotations.gate] = .string(GateAnnotations.open)
        target[path: "metadata", "annotations", GateAnnotations.handedOver] = .string(snapshot.handedRevision)
        _ = try await api.update(canary.targetKind.resourceType, target.key, target, subresource: nil)
    }

    /// Gives a DaemonSet the strategy back that its team has written.
    private func letRoll(_ target: inout JSONValue) {
        guard let strategy = RollingHold.strategy(heldOn: target) else { return }
        target[path: "spec", "updateStrategy"] = strategy
        target[path: "metadata", "annotations", GateAnnotations.updateStrategy] = nil
    }

    /// As many as the primary has, and no fewer than there are.
    private func handedReplicas(_ target: JSONValue) -> Int {
        let current = target[path: "spec", "replicas"]?.int ?? 1
        guard let primary = snapshot.primary, Ownership.foreign(primary, to: canary) == nil else {
            return max(1, current)
        }
        return max(1, current, primary[path: "spec", "replicas"]?.int ?? 1)
    }

    /// Has the Service that users call and the route lead to the target, and frees them, and the copies that the target
    /// reads, of their owner.
    func handOver() async throws {
        for (type, copy) in snapshot.readCopies {
            let patch = HandedOver.freeing(copy, of: canary)
            _ = try await api.patch(type, copy.key, .merge(patch), subresource: nil)
        }
        if let apex = snapshot.services[.apex], snapshot.needsHandOver(apex: apex) {
            let target = try found(snapshot.target, "hand over Service", canary.targetLabel)
            let service = HandedOver.service(apex, for: canary, label: try snapshot.label(), target: target)
            _ = try await api.update(.services, apex.key, service, subresource: nil)
        }
        if let proxy = snapshot.proxy, Ownership.foreign(proxy, to: canary) == nil {
            let plain = HandedOver.proxy(proxy, for: canary)
            _ = try await api.update(.httpProxies, proxy.key, plain, subresource: nil)
        }
    }

    /// Takes what the gate wrote off the target, and then the finalizers off the Canary, which is gone with that.
    func removeFinalizer() async throws(KubernetesError) {
        if let target = snapshot.target { try await clean(target) }
        let others = snapshot.finalizers.filter { !Snapshot.handOverFinalizers.contains($0) }
        try await setFinalizers(others.map(JSONValue.string))
    }

    private func clean(_ target: JSONValue) async throws(KubernetesError) {
        var clean = target
        letRoll(&clean)
        clean[path: "metadata", "labels", GateAnnotations.managed] = nil
        for annotation in GateAnnotations.ofTargets { clean[path: "metadata", "annotations", annotation] = nil }
        guard clean != target else { return }
        _ = try await api.update(canary.targetKind.resourceType, target.key, clean, subresource: nil)
    }

    func setFinalizers(_ finalizers: [JSONValue]) async throws(KubernetesError) {
        let patch = Self.patch(finalizers: finalizers, of: canary.object)
        _ = try await api.patch(.canaries, canary.key, .merge(patch), subresource: nil)
    }

    /// The merge patch that gives `object` these `finalizers`, provided that it has not changed since it was read.
    static func patch(finalizers: [JSONValue], of object: JSONValue) -> JSONValue {
        [
            "metadata": [
                "resourceVersion": .string(object.resourceVersion),
                "finalizers": finalizers.isEmpty ? .null : .array(finalizers),
            ]
        ]
    }

    /// The finalizers on `object`.
    static func finalizers(of object: JSONValue) -> [String] {
        (object[path: "metadata", "finalizers"]?.array ?? []).compactMap(\.string)
    }
}
