import ContourAPI
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// Carries out actions on the objects of one snapshot.
///
/// Each action is one call. It names the resource version that was read, or creates, so that it fails rather than
/// overwrite what somebody else did meanwhile.
struct Workshop {
    let api: any KubernetesAPI
    let snapshot: Snapshot
    let ingressClass: String?

    private var canary: Canary { snapshot.canary }

    /// Writes the Canary's status, provided that nobody else has since it was read.
    ///
    /// - Throws: `KubernetesError`; `isConflict` when somebody has.
    func record(_ status: CanaryStatus) async throws(KubernetesError) {
        let patch: JSONValue = [
            "metadata": ["resourceVersion": .string(canary.object.resourceVersion)], "status": status.json,
        ]
        _ = try await api.patch(.canaries, canary.key, .merge(patch), subresource: "status")
    }

    /// Carries out `action`.
    ///
    /// - Throws: `KubernetesError` of the call, or `ControllerError` when what it needs is not in the snapshot.
    func perform(_ action: Action) async throws {
        switch action {
        case .createPrimary: try await createPrimary()
        case .copyTemplate(let revision): try await copyTemplate(revision)
        case .applyAutoscaler: try await applyAutoscaler()
        case .applyService(let role): try await applyService(role)
        case .createRoute(let weight):
            let proxy = CanaryRoute.proxy(for: canary, weight: weight, ingressClass: ingressClass)
            _ = try await api.create(.httpProxies, proxy, namespace: canary.namespace)
        case .setWeight(let weight): try await setWeight(weight)
        case .admitTarget(let revision, let replicas): try await admitTarget(revision, replicas)
        case .scaleTargetToZero: try await patchTarget(["replicas": 0], annotations: nil)
        }
    }

    private func createPrimary() async throws {
        let target = try found(snapshot.target, "create primary", canary.targetLabel)
        let minimum = snapshot.autoscaler?[path: "spec", "minReplicas"]?.int ?? 1
        let primary = PrimaryDeployment.make(
            for: canary,
            target: target,
            label: try snapshot.label(),
            revision: snapshot.revision ?? "",
            replicas: max(1, minimum, target[path: "spec", "replicas"]?.int ?? 1)
        )
        _ = try await api.create(.deployments, primary, namespace: canary.namespace)
    }

    private func copyTemplate(_ revision: String) async throws {
        let target = try found(snapshot.target, "copy template", canary.targetLabel)
        let primary = try found(snapshot.primary, "copy template", canary.primaryLabel)
        guard snapshot.revision == revision else {
            throw stale("copy template", "\(canary.targetLabel) no longer holds revision \(revision)")
        }
        let label = try snapshot.label()
        let given = PrimaryDeployment.given(primary, target: target, label: label, revision: revision)
        _ = try await api.update(.deployments, primary.key, given, subresource: nil)
    }

    private func applyAutoscaler() async throws {
        let source = try found(snapshot.autoscaler, "copy autoscaler", canary.autoscaler?.name ?? "")
        guard var copy = snapshot.primaryAutoscaler else {
            let object = PrimaryAutoscaler.make(for: canary, source: source)
            _ = try await api.create(.autoscalers, object, namespace: canary.namespace)
            return
        }
        copy["spec"] = PrimaryAutoscaler.spec(for: canary, source: source)
        _ = try await api.update(.autoscalers, copy.key, copy, subresource: nil)
    }

    private func applyService(_ role: ServiceRole) async throws {
        let target = try found(snapshot.target, "apply Service", canary.targetLabel)
        let label = try snapshot.label()
        guard let stored = snapshot.services[role] else {
            let service = GeneratedService.make(role, for: canary, target: target, label: label)
            _ = try await api.create(.services, service, namespace: canary.namespace)
            return
        }
        let service = GeneratedService.corrected(stored, role, for: canary, target: target, label: label)
        _ = try await api.update(.services, stored.key, service, subresource: nil)
    }

    private func setWeight(_ weight: Int) async throws {
        let proxy = try found(snapshot.proxy, "set weight", canary.service.apexName)
        guard let patch = CanaryRoute.weightPatch(proxy, of: canary.service, canary: weight) else {
            throw stale("set weight", "HTTPProxy \(canary.service.apexName) has no route to change")
        }
        do {
            _ = try await api.patch(.httpProxies, proxy.key, .json(patch), subresource: nil)
        } catch {
            // What the patch tests for is no longer so; a real fault would be found again with the object read anew.
            if error.code == 422 { throw stale("set weight", error.description) }
            throw error
        }
    }

    /// Opens the gate and sets the replicas in one change, so that no pod comes without a say and none is missing.
    private func admitTarget(_ revision: String, _ replicas: Int?) async throws {
        let target = try found(snapshot.target, "open gate", canary.targetLabel)
        guard snapshot.revision == revision else {
            throw stale("open gate", "\(canary.targetLabel) no longer holds revision \(revision)")
        }
        let count = replicas ?? restoredReplicas(target)
        let annotations: JSONValue = [
            GateAnnotations.revision: .string(revision), GateAnnotations.gate: .string(GateAnnotations.open),
        ]
        try await patchTarget(
            ["paused": false, "replicas": .number(JSONNumber(count))],
            annotations: annotations
        )
    }

    /// What it has; else its autoscaler's least number, or without one as many as the primary.
    private func restoredReplicas(_ target: JSONValue) -> Int {
        let current = target[path: "spec", "replicas"]?.int ?? 1
        if current > 0 { return current }
        if canary.autoscaler != nil { return max(1, snapshot.autoscaler?[path: "spec", "minReplicas"]?.int ?? 1) }
        return max(1, snapshot.primary?[path: "spec", "replicas"]?.int ?? 1)
    }

    private func patchTarget(_ spec: JSONValue, annotations: JSONValue?) async throws {
        let target = try found(snapshot.target, "change target", canary.targetLabel)
        var metadata: JSONValue = ["resourceVersion": .string(target.resourceVersion)]
        if let annotations { metadata["annotations"] = annotations }
        _ = try await api.patch(
            .deployments,
            target.key,
            .merge(["metadata": metadata, "spec": spec]),
            subresource: nil
        )
    }

    private func found(_ object: JSONValue?, _ operation: String, _ name: String) throws -> JSONValue {
        guard let object else { throw stale(operation, "\(name) is not there") }
        return object
    }

    private func stale(_ operation: String, _ reason: String) -> ControllerError {
        ControllerError(operation: operation, subject: "for canary \(canary.label)", reason: reason, isStale: true)
    }
}
