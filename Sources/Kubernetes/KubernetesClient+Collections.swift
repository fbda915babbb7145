import HTTP
package import JSON

extension KubernetesClient {
    package func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        try await list(type, in: ListSelection(namespace: namespace, labelSelector: labelSelector)) { $0 }
    }

    package func list(
        _ type: ResourceType,
        in selection: ListSelection,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> ObjectList {
        var attempt = 1
        var size = KubernetesRequest.pageSize
        while true {
            do throws(KubernetesError) {
                return try await pages(type, selection, size, trim)
            } catch {
                if error.reason == KubernetesError.tooLarge, size > 1 {
                    size /= 4
                    continue
                }
                guard error.isExpired, attempt < Self.listAttempts else { throw error }
                attempt += 1
            }
        }
    }

    /// All pages of one snapshot.
    private func pages(
        _ type: ResourceType,
        _ selection: ListSelection,
        _ size: Int,
        _ trim: (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> ObjectList {
        var items: [JSONValue] = []
        var token: String?
        while true {
            let request = try KubernetesRequest.list(type, in: selection, continuing: token, limit: size)
            // Null stands for none; but an answer without the member is no list, and no reason to forget all objects.
            let page = try await value(request, limit: Self.pageLimit) { answer in
                answer["items"].map { $0.isNull || $0.array != nil } == true ? nil : "no items, expected a list"
            }
            items += (page["items"]?.array ?? []).map { trim(type.identified($0)) }
            token = page[path: "metadata", "continue"]?.string
            guard let token, !token.isEmpty else {
                return ObjectList(items: items, resourceVersion: page.resourceVersion)
            }
        }
    }

    package func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        let selection = ListSelection(namespace: namespace)
        return try await watch(type, in: selection, resourceVersion: resourceVersion, seconds: Self.watchSeconds)
    }

    package func watch(
        _ type: ResourceType,
        in selection: ListSelection,
        resourceVersion: String,
        seconds: Int
    ) async throws(KubernetesError) -> WatchStream {
        let request = try KubernetesRequest.watch(
            type,
            in: selection,
            resourceVersion: resourceVersion,
            seconds: seconds
        )
        let reader = try await reader(of: request, type)
        return WatchStream { try await reader.next() }
    }

    package func watchList(
        _ type: ResourceType,
        in selection: ListSelection,
        seconds: Int,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> WatchedList? {
        let request = try KubernetesRequest.watchList(type, in: selection, seconds: seconds)
        let reader = try await reader(of: request, type)
        let list = try await reader.state(trim: trim)
        return WatchedList(list: list, changes: WatchStream { try await reader.next() })
    }

    private func reader(
        of request: KubernetesRequest,
        _ type: ResourceType
    ) async throws(KubernetesError) -> WatchReader {
        let body = try await open(request)
        return WatchReader(
            body: body,
            decoder: WatchDecoder(operation: request.operation, type: type, lineLimit: Self.objectLimit)
        )
    }
}
