import JSON
import Kubernetes
import Platform

/// An API server that answers what is created, and nothing else.
struct AnsweringAPI: KubernetesAPI {
    /// What was created, with the path of its collection.
    let created = Locked<[(path: String, object: JSONValue)]>([])
    /// The answer to a creation; a refusal where it is nil.
    let answer: @Sendable (JSONValue) -> JSONValue?

    private var refusal: KubernetesError {
        KubernetesError(operation: "ask", code: 403, reason: "Forbidden", message: "not here")
    }

    func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        created.withLock { $0.append((type.path(namespace: namespace), object)) }
        guard let answer = answer(object) else { throw refusal }
        return answer
    }

    func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue { throw refusal }

    func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList { throw refusal }

    func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue { throw refusal }

    func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue { throw refusal }

    func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) { throw refusal }

    func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream { throw refusal }

    func list(
        _ type: ResourceType,
        in selection: ListSelection,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> ObjectList { throw refusal }

    func watch(
        _ type: ResourceType,
        in selection: ListSelection,
        resourceVersion: String,
        seconds: Int
    ) async throws(KubernetesError) -> WatchStream { throw refusal }

    func watchList(
        _ type: ResourceType,
        in selection: ListSelection,
        seconds: Int,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> WatchedList? { throw refusal }
}
