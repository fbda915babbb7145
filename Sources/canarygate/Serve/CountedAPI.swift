package import JSON
package import Kubernetes
import Platform

/// An API whose calls are counted.
package struct CountedAPI: KubernetesAPI {
    private static let calls = MetricFamily(
        "canarygate_kubernetes_calls_total",
        .counter,
        help: "Calls to the API server, by what came of them: ok, not_found, conflict, refused, or failed.",
        labels: ["verb", "resource", "outcome"]
    )

    private let api: any KubernetesAPI
    private let registry = MetricRegistry([calls])

    /// Counts the calls to `api`.
    package init(_ api: any KubernetesAPI) { self.api = api }

    /// What was counted, in Prometheus' text format.
    package var exposition: String { registry.exposition }

    private func count<Answer>(
        _ verb: String,
        _ type: ResourceType,
        _ call: () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer {
        do throws(KubernetesError) {
            let answer = try await call()
            registry.add(to: Self.calls, verb, type.qualifiedPlural, "ok")
            return answer
        } catch {
            registry.add(to: Self.calls, verb, type.qualifiedPlural, Self.outcome(of: error))
            throw error
        }
    }

    private static func outcome(of error: KubernetesError) -> String {
        switch error.code {
        case 404: "not_found"
        case 409: "conflict"
        case 400..<500: "refused"
        default: "failed"
        }
    }

    package func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        try await count("get", type) { () async throws(KubernetesError) in try await api.get(type, key) }
    }

    package func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        try await count("list", type) { () async throws(KubernetesError) in
            try await api.list(type, namespace: namespace, labelSelector: labelSelector)
        }
    }

    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await count("create", type) { () async throws(KubernetesError) in
            try await api.create(type, object, namespace: namespace)
        }
    }

    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await count("update", type) { () async throws(KubernetesError) in
            try await api.update(type, key, object, subresource: subresource)
        }
    }

    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await count("patch", type) { () async throws(KubernetesError) in
            try await api.patch(type, key, patch, subresource: subresource)
        }
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        try await count("delete", type) { () async throws(KubernetesError) in try await api.delete(type, key) }
    }
}

extension CountedAPI {
    package func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        try await count("watch", type) { () async throws(KubernetesError) in
            try await api.watch(type, namespace: namespace, resourceVersion: resourceVersion)
        }
    }

    package func list(
        _ type: ResourceType,
        in selection: ListSelection,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> ObjectList {
        try await count("list", type) { () async throws(KubernetesError) in
            try await api.list(type, in: selection, trim: trim)
        }
    }

    package func watch(
        _ type: ResourceType,
        in selection: ListSelection,
        resourceVersion: String,
        seconds: Int
    ) async throws(KubernetesError) -> WatchStream {
        try await count("watch", type) { () async throws(KubernetesError) in
            try await api.watch(type, in: selection, resourceVersion: resourceVersion, seconds: seconds)
        }
    }

    package func watchList(
        _ type: ResourceType,
        in selection: ListSelection,
        seconds: Int,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> WatchedList? {
        try await count("watch", type) { () async throws(KubernetesError) in
            try await api.watchList(type, in: selection, seconds: seconds, trim: trim)
        }
    }
}
