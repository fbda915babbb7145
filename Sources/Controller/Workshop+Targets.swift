import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// What it takes to let pods of the target come and go, kind by kind.
extension Workshop {
    /// The merge patch of the target's spec by which it has `replicas` pods.
    func targetSpec(replicas: Int, isPaused: Bool? = nil) -> JSONValue {
        guard canary.targetKind == .deployment else { return ScaleToZero.patch(replicas == 0) }
        var spec: JSONValue = ["replicas": .number(JSONNumber(replicas))]
        if let isPaused { spec["paused"] = .bool(isPaused) }
        return spec
    }

    func scaleTargetToZero() async throws {
        guard canary.targetKind == .service else {
            return try await patchTarget(targetSpec(replicas: 0), annotations: nil)
        }
        let copy = try found(snapshot.services[.canary], "hold back Service", canary.service.canaryName)
        let patch: JSONValue = [
            "metadata": [
                "resourceVersion": .string(copy.resourceVersion), "annotations": [ServiceCopy.replicas: "0"],
            ]
        ]
        _ = try await api.patch(.services, copy.key, .merge(patch), subresource: nil)
    }

    /// Gives the copy under analysis what the target says now, to take traffic or to be held back.
    func admitService(_ revision: String, _ replicas: Int?) async throws {
        let target = try found(snapshot.target, "open gate", canary.targetLabel)
        guard snapshot.revision == revision else {
            throw stale("open gate", "\(canary.targetLabel) no longer holds revision \(revision)")
        }
        let annotations: JSONValue = [
            GateAnnotations.revision: .string(revision), GateAnnotations.gate: .string(GateAnnotations.open),
            ServiceCopy.replicas: replicas == 0 ? "0" : "1",
        ]
        guard let copy = snapshot.services[.canary] else { return try await createServiceCopy(.canary, annotations) }
        let given = ServiceCopy.given(copy, target, annotations: annotations)
        _ = try await api.update(.services, copy.key, given, subresource: nil)
    }

    /// Makes the copy of a target that is a Service in `role`; the copy under analysis is held back until it is let in.
    func createServiceCopy(_ role: ServiceRole, _ annotations: JSONValue = [ServiceCopy.replicas: "0"]) async throws {
        let target = try found(snapshot.target, "copy Service", canary.targetLabel)
        try await createServiceCopy(role, of: target, annotations)
    }

    /// Makes a copy of `source`, the target or what it once was, in `role`.
    func createServiceCopy(_ role: ServiceRole, of source: JSONValue, _ annotations: JSONValue) async throws {
        let copy = ServiceCopy.made(
            canary.serviceName(role),
            of: source,
            for: canary,
            snapshot.copying,
            annotations: annotations
        )
        _ = try await api.create(.services, copy, namespace: canary.namespace)
    }
}
