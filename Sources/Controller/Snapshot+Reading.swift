import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout

extension Snapshot {
    /// Reads what belongs to `canary` at `now`.
    ///
    /// - Throws: `KubernetesError` when a read fails for another reason than that the object is not there.
    static func read(
        _ canary: Canary,
        from api: any KubernetesAPI,
        _ copying: CopySettings,
        at now: Timestamp
    ) async throws(KubernetesError) -> Snapshot {
        let reader = ObjectReader(api: api, namespace: canary.namespace)
        var snapshot = Snapshot(canary: canary, copying: copying)
        let kind = canary.targetKind
        snapshot.target = try await reader.find(kind.resourceType, canary.target.name)
        snapshot.primary = try await reader.find(kind.resourceType, canary.primaryObjectName)
        if let name = canary.autoscaler?.name, let type = canary.scalerKind?.resourceType {
            snapshot.autoscaler = try await reader.find(type, name)
            snapshot.primaryAutoscaler = try await reader.find(type, "\(name)-primary")
        }
        for role in ServiceRole.allCases {
            snapshot.services[role] = try await reader.find(.services, canary.serviceName(role))
        }
        if canary.provider == .contour {
            snapshot.proxy = try await reader.find(.httpProxies, canary.service.apexName)
        }
        if kind != .service {
            try await snapshot.readAutoscalers(reader)
            snapshot.budgets = try await reader.list(.podDisruptionBudgets, labelSelector: nil)
            try await snapshot.readConfigs(reader)
            try await snapshot.readPods(reader)
        }
        try await snapshot.readLedger(from: api)
        try await snapshot.readStrayConfigs(reader)
        try await snapshot.readNamespace(from: api)
        try await snapshot.readAuthors(from: api)
        try await snapshot.readGlassAuthors(from: api, at: now)
        return snapshot
    }

    /// Reads the autoscalers of the namespace; a kind that may not be listed is none of which the loop has made one.
    private mutating func readAutoscalers(_ reader: ObjectReader) async throws(KubernetesError) {
        for kind in ScalerKind.allCases {
            do throws(KubernetesError) {
                autoscalers += try await reader.list(kind.resourceType, labelSelector: nil).map { (kind, $0) }
            } catch {
                guard error.code == 403 else { throw error }
            }
        }
    }

    /// Reads the whole target where something slipped past the gate: caches do not keep who wrote what.
    private mutating func readAuthors(from api: any KubernetesAPI) async throws(KubernetesError) {
        guard slip != nil, let target, target[path: "metadata", "managedFields"] == nil else { return }
        self.target = try await api.getWhole(canary.targetKind.resourceType, target.key)
    }
}

extension Canary {
    /// The name of the primary: of the workload, or of the Service where the target is one.
    var primaryObjectName: String { targetKind == .service ? service.primaryName : primaryName }
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

    func list(_ type: ResourceType, labelSelector: String?) async throws(KubernetesError) -> [JSONValue] {
        do {
            return try await api.list(type, namespace: namespace, labelSelector: labelSelector).items
        } catch {
            if error.isNotFound { return [] }
            throw error
        }
    }
}
