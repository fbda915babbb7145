import JSON
import Kubernetes

/// An API whose answers get lost on the way back, after the calls have taken effect.
struct LossyAPI: KubernetesAPI {
    let inner: any KubernetesAPI
    /// Whether the answer of an operation is lost.
    let isLost: @Sendable (String) -> Bool

    private func pass<Answer>(_ operation: String, _ answer: Answer) throws(KubernetesError) -> Answer {
        guard isLost(operation) else { return answer }
        throw KubernetesError(operation: operation, code: 0, reason: "", message: "connection reset")
    }

    func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        try pass("get", try await inner.get(type, key))
    }

    func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        try pass("list", try await inner.list(type, namespace: namespace, labelSelector: labelSelector))
    }

    func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        try pass("create", try await inner.create(type, object, namespace: namespace))
    }

    func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try pass("update", try await inner.update(type, key, object, subresource: subresource))
    }

    func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try pass("patch", try await inner.patch(type, key, patch, subresource: subresource))
    }

    func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        try await inner.delete(type, key)
        try pass("delete", ())
    }

    func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        try await inner.watch(type, namespace: namespace, resourceVersion: resourceVersion)
    }
}
