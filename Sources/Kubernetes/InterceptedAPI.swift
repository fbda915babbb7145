package import JSON

/// An API that has a say in every call to another one: it may count the call, refuse it, or keep its answer.
///
/// All that it needs is `inner` and `pass`.
package protocol InterceptedAPI: KubernetesAPI {
    /// The API that is called in the end.
    var inner: any KubernetesAPI { get }

    /// Answers `call`, as a rule with what `make` answers, which makes it.
    ///
    /// - Throws: `KubernetesError`: that of `make`, or one of its own.
    func pass<Answer: Sendable>(
        _ call: KubernetesCall,
        _ make: @escaping @Sendable () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer
}

/// Objects.
extension InterceptedAPI {
    package func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        let inner = inner
        return try await pass(KubernetesCall(.get, type, key)) { () async throws(KubernetesError) in
            try await inner.get(type, key)
        }
    }

    package func getWhole(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        let inner = inner
        return try await pass(KubernetesCall(.get, type, key)) { () async throws(KubernetesError) in
            try await inner.getWhole(type, key)
        }
    }

    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        let inner = inner
        let key = ObjectKey(namespace: type.isNamespaced ? namespace : nil, name: object.name)
        return try await pass(KubernetesCall(.create, type, key)) { () async throws(KubernetesError) in
            try await inner.create(type, object, namespace: namespace)
        }
    }

    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        let inner = inner
        let call = KubernetesCall(.update, type, key, subresource: subresource)
        return try await pass(call) { () async throws(KubernetesError) in
            try await inner.update(type, key, object, subresource: subresource)
        }
    }

    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        let inner = inner
        let call = KubernetesCall(.patch, type, key, subresource: subresource)
        return try await pass(call) { () async throws(KubernetesError) in
            try await inner.patch(type, key, patch, subresource: subresource)
        }
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        let inner = inner
        try await pass(KubernetesCall(.delete, type, key)) { () async throws(KubernetesError) in
            try await inner.delete(type, key)
        }
    }
}

/// Collections.
extension InterceptedAPI {
    package func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        let inner = inner
        return try await pass(KubernetesCall(.list, type, namespace: namespace)) { () async throws(KubernetesError) in
            try await inner.list(type, namespace: namespace, labelSelector: labelSelector)
        }
    }

    package func list(
        _ type: ResourceType,
        in selection: ListSelection,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> ObjectList {
        let inner = inner
        let call = KubernetesCall(.list, type, namespace: selection.namespace)
        return try await pass(call) { () async throws(KubernetesError) in
            try await inner.list(type, in: selection, trim: trim)
        }
    }

    package func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        let inner = inner
        return try await pass(KubernetesCall(.watch, type, namespace: namespace)) { () async throws(KubernetesError) in
            try await inner.watch(type, namespace: namespace, resourceVersion: resourceVersion)
        }
    }

    package func watch(
        _ type: ResourceType,
        in selection: ListSelection,
        resourceVersion: String,
        seconds: Int
    ) async throws(KubernetesError) -> WatchStream {
        let inner = inner
        let call = KubernetesCall(.watch, type, namespace: selection.namespace)
        return try await pass(call) { () async throws(KubernetesError) in
            try await inner.watch(type, in: selection, resourceVersion: resourceVersion, seconds: seconds)
        }
    }

    package func watchList(
        _ type: ResourceType,
        in selection: ListSelection,
        seconds: Int,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> WatchedList? {
        let inner = inner
        let call = KubernetesCall(.watch, type, namespace: selection.namespace)
        return try await pass(call) { () async throws(KubernetesError) in
            try await inner.watchList(type, in: selection, seconds: seconds, trim: trim)
        }
    }
}
