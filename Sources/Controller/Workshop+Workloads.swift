import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// The primary and what scales and protects it.
extension Workshop {
    func createPrimary() async throws {
        let target = try found(snapshot.target, "create primary", canary.targetLabel)
        let revision = snapshot.revision ?? ""
        if canary.targetKind == .service {
            let annotations: JSONValue = [GateAnnotations.revision: .string(revision)]
            return try await createServiceCopy(.primary, annotations)
        }
        guard let copy = try snapshot.primaryCopy() else { return }
        let primary = copy.made(revision: revision, replicas: replicas(ofPrimaryFor: target))
        _ = try await api.create(canary.targetKind.resourceType, primary, namespace: canary.namespace)
    }

    /// How many pods a primary that is made for `target` asks for.
    func replicas(ofPrimaryFor target: JSONValue) -> Int {
        max(1, scalerMinimum ?? 1, target[path: "spec", "replicas"]?.int ?? 1)
    }

    /// The fewest pods that the target's autoscaler asks for; nil when there is none.
    var scalerMinimum: Int? {
        guard let kind = canary.scalerKind, let scaler = snapshot.autoscaler else { return nil }
        return ScalerCopy.minimum(kind, scaler)
    }

    func copyTemplate(_ revision: String) async throws {
        let target = try found(snapshot.target, "copy template", canary.targetLabel)
        let primary = try found(snapshot.primary, "copy template", canary.primaryLabel)
        guard snapshot.revision == revision else {
            throw stale("copy template", "\(canary.targetLabel) no longer holds revision \(revision)")
        }
        let given: JSONValue?
        if canary.targetKind == .service {
            given = ServiceCopy.given(primary, target, annotations: [GateAnnotations.revision: .string(revision)])
        } else {
            given = try snapshot.primaryCopy()?.given(primary, revision: revision)
        }
        guard let given else { return }
        _ = try await api.update(canary.targetKind.resourceType, primary.key, given, subresource: nil)
    }

    /// A DaemonSet has as many pods as there are nodes, and a Service none.
    func scalePrimary(to replicas: Int) async throws {
        let primary = try found(snapshot.primary, "scale primary", canary.primaryLabel)
        guard canary.targetKind == .deployment else { return }
        let patch: JSONValue = [
            "metadata": ["resourceVersion": .string(primary.resourceVersion)],
            "spec": ["replicas": .number(JSONNumber(replicas))],
        ]
        _ = try await api.patch(.deployments, primary.key, .merge(patch), subresource: nil)
    }

    func applyAutoscaler() async throws {
        let source = try found(snapshot.autoscaler, "copy autoscaler", canary.autoscaler?.name ?? "")
        guard let kind = canary.scalerKind else { return }
        guard var copy = snapshot.primaryAutoscaler else {
            let object = ScalerCopy.made(kind, of: source, for: canary, snapshot.copying)
            _ = try await api.create(kind.resourceType, object, namespace: canary.namespace)
            return
        }
        copy["spec"] = ScalerCopy.spec(kind, of: source, for: canary)
        copy = CopyMetadata.refreshed(copy, from: source, snapshot.copying)
        _ = try await api.update(kind.resourceType, copy.key, copy, subresource: nil)
    }

    func removeStrayAutoscalers() async throws(KubernetesError) {
        for (kind, object) in snapshot.strayAutoscalers {
            do throws(KubernetesError) { try await api.delete(kind.resourceType, object.key) } catch {
                guard error.isNotFound else { throw error }
            }
        }
    }

    /// A HorizontalPodAutoscaler rests by itself while no pods are asked for.
    func pauseAutoscaler(_ isPaused: Bool) async throws {
        let source = try found(snapshot.autoscaler, "pause autoscaler", canary.autoscaler?.name ?? "")
        guard canary.scalerKind == .scaledObject else { return }
        let patch: JSONValue = [
            "metadata": [
                "resourceVersion": .string(source.resourceVersion),
                "annotations": [PrimaryScaledObject.pause: isPaused ? "0" : .null],
            ]
        ]
        _ = try await api.patch(.scaledObjects, source.key, .merge(patch), subresource: nil)
    }

    func applyDisruptionBudget() async throws {
        guard let budget = try snapshot.disruptionBudget() else { return }
        switch (budget.source, budget.copy) {
        case (let source?, nil):
            let object = budget.made(of: source, for: canary, snapshot.copying)
            _ = try await api.create(.podDisruptionBudgets, object, namespace: canary.namespace)
        case (let source?, var copy?):
            copy["spec"] = budget.spec(source)
            copy = CopyMetadata.refreshed(copy, from: source, snapshot.copying)
            _ = try await api.update(.podDisruptionBudgets, copy.key, copy, subresource: nil)
        case (nil, let copy?): try await api.delete(.podDisruptionBudgets, copy.key)
        case (nil, nil): return
        }
    }
}
