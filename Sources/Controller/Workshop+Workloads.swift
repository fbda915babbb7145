import FlaggerAPI
import JSON
import Kubernetes

/// The workloads and what scales them.
extension Workshop {
    func createPrimary() async throws {
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

    func copyTemplate(_ revision: String) async throws {
        let target = try found(snapshot.target, "copy template", canary.targetLabel)
        let primary = try found(snapshot.primary, "copy template", canary.primaryLabel)
        guard snapshot.revision == revision else {
            throw stale("copy template", "\(canary.targetLabel) no longer holds revision \(revision)")
        }
        let label = try snapshot.label()
        let given = PrimaryDeployment.given(primary, target: target, label: label, revision: revision)
        _ = try await api.update(.deployments, primary.key, given, subresource: nil)
    }

    func applyAutoscaler() async throws {
        let source = try found(snapshot.autoscaler, "copy autoscaler", canary.autoscaler?.name ?? "")
        guard var copy = snapshot.primaryAutoscaler else {
            let object = PrimaryAutoscaler.make(for: canary, source: source)
            _ = try await api.create(.autoscalers, object, namespace: canary.namespace)
            return
        }
        copy["spec"] = PrimaryAutoscaler.spec(for: canary, source: source)
        _ = try await api.update(.autoscalers, copy.key, copy, subresource: nil)
    }
}
