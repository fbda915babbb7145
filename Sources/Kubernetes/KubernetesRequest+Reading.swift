import HTTPTypes

extension KubernetesRequest {
    /// How many objects a page of a list holds at most: what kubectl and client-go ask for.
    package static let pageSize = 500

    /// Reads one object, or its `subresource`.
    ///
    /// - Throws: `KubernetesError` for a name that cannot stand in a path; so do the others.
    package static func get(
        _ type: ResourceType,
        _ key: ObjectKey,
        subresource: String? = nil
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("get", key, subresource: subresource)
        return KubernetesRequest(
            operation: operation,
            method: .get,
            path: try path(type, key, subresource, operation)
        )
    }

    /// Reads one page of a collection, of at most `limit` objects.
    package static func list(
        _ type: ResourceType,
        in selection: ListSelection,
        continuing token: String?,
        limit: Int = pageSize
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("list", namespace: selection.namespace)
        var query = [("limit", String(limit))] + selection.query
        if let token { query.append(("continue", token)) }
        return KubernetesRequest(
            operation: operation,
            method: .get,
            path: try path(type, selection.namespace, operation),
            query: query
        )
    }

    /// Reads one page of a collection by labels alone.
    package static func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?,
        continuing token: String?,
        limit: Int = pageSize
    ) throws(KubernetesError) -> KubernetesRequest {
        let selection = ListSelection(namespace: namespace, labelSelector: labelSelector)
        return try list(type, in: selection, continuing: token, limit: limit)
    }

    /// Watches a collection for at most `seconds`.
    package static func watch(
        _ type: ResourceType,
        in selection: ListSelection,
        resourceVersion: String,
        seconds: Int
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("watch", namespace: selection.namespace)
        return KubernetesRequest(
            operation: operation,
            method: .get,
            path: try path(type, selection.namespace, operation),
            query: [
                ("watch", "1"), ("resourceVersion", resourceVersion), ("allowWatchBookmarks", "true"),
                ("timeoutSeconds", String(seconds)),
            ] + selection.query
        )
    }

    /// Watches all of a collection for at most `seconds`.
    package static func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String,
        seconds: Int
    ) throws(KubernetesError) -> KubernetesRequest {
        let selection = ListSelection(namespace: namespace)
        return try watch(type, in: selection, resourceVersion: resourceVersion, seconds: seconds)
    }

    /// Has a collection's present state streamed, and then its changes, for at most `seconds`.
    ///
    /// Without a resource version the state is the newest.
    package static func watchList(
        _ type: ResourceType,
        in selection: ListSelection,
        seconds: Int
    ) throws(KubernetesError) -> KubernetesRequest {
        let operation = type.operation("watch", namespace: selection.namespace)
        return KubernetesRequest(
            operation: operation,
            method: .get,
            path: try path(type, selection.namespace, operation),
            query: [
                ("watch", "1"), ("sendInitialEvents", "true"), ("resourceVersionMatch", "NotOlderThan"),
                ("allowWatchBookmarks", "true"), ("timeoutSeconds", String(seconds)),
            ] + selection.query
        )
    }
}
