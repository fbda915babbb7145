import FlaggerAPI
import JSON
import Kubernetes
import Rollout

extension Snapshot {
    /// Reads what belongs to `canary`.
    ///
    /// - Throws: `KubernetesError` when a read fails for another reason than that the object is not there.
    static func read(_ canary: Canary, from api: any KubernetesAPI) async throws(KubernetesError) -> Snapshot {
        let reader = ObjectReader(api: api, namespace: canary.namespace)
        var snapshot = Snapshot(canary: canary)
        snapshot.target = try await reader.find(.deployments, canary.target.name)
        snapshot.primary = try await reader.find(.deployments, canary.primaryName)
        if let name = canary.autoscaler?.name {
            snapshot.autoscaler = try await reader.find(.autoscalers, name)
            snapshot.primaryAutoscaler = try await reader.find(.autoscalers, "\(name)-primary")
        }
        for role in ServiceRole.allCases {
            snapshot.services[role] = try await reader.find(.services, canary.serviceName(role))
        }
        if canary.provider == .contour {
            snapshot.proxy = try await reader.find(.httpProxies, canary.service.apexName)
        }
        try await snapshot.readConfigs(reader)
        try await snapshot.readLedger(from: api)
        try await snapshot.readNamespace(from: api)
        return snapshot
    }
}

/// Reads objects of one namespace that may not be there.
struct ObjectReader {
    let api: any KubernetesAPI
    let namespace: String

    func find(_ type: ResourceType, _ name: String) async throws(KubernetesError) -> JSONValue? {
        do {
            return try await api.get(type, ObjectKey(namespace: namespace, name: name))
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }
}
