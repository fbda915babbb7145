// CONTRACT: implemented in the Kubernetes client work; the signatures below are what other modules build on.

package import HTTP
package import JSON

/// The API of one cluster over HTTP.
package struct KubernetesClient: KubernetesAPI {
    /// A client that sends over `transport`, with `authorization` as the Authorization header when it answers one.
    package init(
        transport: any HTTPTransport,
        authorization: (@Sendable () async throws -> String?)? = nil,
        basePath: String = ""
    ) { fatalError("contract") }

    package func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        fatalError("contract")
    }

    package func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList { fatalError("contract") }

    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue { fatalError("contract") }

    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue { fatalError("contract") }

    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue { fatalError("contract") }

    package func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) { fatalError("contract") }

    package func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream { fatalError("contract") }
}
