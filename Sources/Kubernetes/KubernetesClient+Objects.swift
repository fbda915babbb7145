package import JSON

extension KubernetesClient {
    package func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        try await object(.get(type, key), type)
    }

    /// The `subresource` of the object at `key`, such as `scale`.
    ///
    /// - Throws: `KubernetesError`; `isNotFound` when the object or the subresource is not there.
    package func get(
        _ type: ResourceType,
        _ key: ObjectKey,
        subresource: String
    ) async throws(KubernetesError) -> JSONValue {
        try await object(.get(type, key, subresource: subresource), nil)
    }

    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await create(type, object, namespace: namespace, options: WriteOptions())
    }

    /// Creates `object` in `namespace` and returns it as stored, or with a dry run as it would be.
    ///
    /// - Throws: `KubernetesError`; `isAlreadyExists` when the name is taken.
    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?,
        options: WriteOptions
    ) async throws(KubernetesError) -> JSONValue {
        try await self.object(.create(type, object, namespace: namespace, options: options), type)
    }

    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await update(type, key, object, subresource: subresource, options: WriteOptions())
    }

    /// Replaces the object at `key`, or its `subresource`, and returns it as stored, or with a dry run as it would be.
    ///
    /// - Throws: `KubernetesError`; `isConflict` when the object has changed.
    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?,
        options: WriteOptions
    ) async throws(KubernetesError) -> JSONValue {
        let request = try KubernetesRequest.update(type, key, object, subresource: subresource, options: options)
        return try await self.object(request, subresource == "scale" ? nil : type)
    }

    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await self.patch(type, key, PatchBody(patch), subresource: subresource, options: WriteOptions())
    }

    /// Changes the object at `key`, or its `subresource`, and returns it as stored, or with a dry run as it would be.
    ///
    /// - Throws: `KubernetesError`; `isConflict` when a resource version in the patch is not the current one, or others
    ///   own fields of an apply, which are then among the `causes`.
    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: PatchBody,
        subresource: String? = nil,
        options: WriteOptions
    ) async throws(KubernetesError) -> JSONValue {
        let request = try KubernetesRequest.patch(type, key, patch, subresource: subresource, options: options)
        return try await object(request, subresource == "scale" ? nil : type)
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        try await delete(type, key, options: DeleteOptions())
    }

    /// Deletes the object at `key` as `options` say.
    ///
    /// Returns the object where it waits for its finalizers, else the server's Status.
    ///
    /// - Throws: `KubernetesError`; `isConflict` when a precondition does not hold, `isNotFound` when it is not there.
    @discardableResult
    package func delete(
        _ type: ResourceType,
        _ key: ObjectKey,
        options: DeleteOptions
    ) async throws(KubernetesError) -> JSONValue {
        try await answer(to: .delete(type, key, options: options))
    }

    /// How many replicas the object at `key` is to have, by its scale subresource; nil when that does not say.
    ///
    /// - Throws: `KubernetesError`.
    package func replicas(of type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> Int? {
        try await get(type, key, subresource: "scale")[path: "spec", "replicas"]?.int
    }

    /// Gives the object at `key` so many replicas by its scale subresource.
    ///
    /// - Throws: `KubernetesError`.
    package func scale(_ type: ResourceType, _ key: ObjectKey, to replicas: Int) async throws(KubernetesError) {
        let change: JSONValue = ["spec": ["replicas": .number(JSONNumber(replicas))]]
        _ = try await patch(type, key, .merge(change), subresource: "scale", options: WriteOptions())
    }

    /// The JSON that the server answers to any request; null for an answer without a body.
    ///
    /// - Throws: `KubernetesError`, also when the answer is no JSON.
    package func answer(to request: KubernetesRequest) async throws(KubernetesError) -> JSONValue {
        let answer = try await collect(request, limit: Self.objectLimit)
        guard !answer.bytes.isEmpty else { return .null }
        return try parsed(answer, request) { _ in nil }
    }

    /// The bytes that the server answers to any request, such as one for `/metrics`.
    ///
    /// - Throws: `KubernetesError`.
    package func bytes(of request: KubernetesRequest) async throws(KubernetesError) -> [UInt8] {
        try await collect(request, limit: Self.pageLimit).bytes
    }

    /// The object that the answer to `request` holds, with apiVersion and kind unless `type` is nil.
    private func object(
        _ request: KubernetesRequest,
        _ type: ResourceType?
    ) async throws(KubernetesError) -> JSONValue {
        let object = try await value(request, limit: Self.objectLimit) { answer in
            answer.object == nil ? "\(answer.typeName), expected object" : nil
        }
        return type?.identified(object) ?? object
    }

    /// The answer to `request`, unless `fault` says what is wrong with it.
    func value(
        _ request: KubernetesRequest,
        limit: Int,
        fault: (JSONValue) -> String?
    ) async throws(KubernetesError) -> JSONValue {
        try parsed(try await collect(request, limit: limit), request, fault: fault)
    }

    private func parsed(
        _ answer: Answer,
        _ request: KubernetesRequest,
        fault: (JSONValue) -> String?
    ) throws(KubernetesError) -> JSONValue {
        let reason: String
        do {
            let value = try JSONValue(parsing: answer.bytes)
            guard let found = fault(value) else { return value }
            reason = found
        } catch {
            reason = error.summary
        }
        throw KubernetesError(
            operation: request.operation,
            code: answer.code,
            reason: "",
            message: "the answer cannot be read: \(reason)"
        )
    }
}
