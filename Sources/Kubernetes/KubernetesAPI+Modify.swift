package import JSON

extension KubernetesAPI {
    /// Reads the object at `key`, sends the patch that `change` makes of it, and begins again when the object has
    /// changed meanwhile, `attempts` times in all.
    ///
    /// The patch is sent under the resource version that `change` was given. Nil from `change` leaves the object as it
    /// is. Returns the object as stored.
    ///
    /// - Throws: `KubernetesError`; `isConflict` when the object changed each time.
    @discardableResult
    package func modify(
        _ type: ResourceType,
        _ key: ObjectKey,
        subresource: String? = nil,
        attempts: Int = 5,
        _ change: (JSONValue) throws(KubernetesError) -> Patch?
    ) async throws(KubernetesError) -> JSONValue {
        var attempt = 1
        while true {
            let object = try await get(type, key)
            guard let patch = try change(object) else { return object }
            do throws(KubernetesError) {
                let guarded = patch.requiring(resourceVersion: object.resourceVersion)
                return try await self.patch(type, key, guarded, subresource: subresource)
            } catch {
                guard error.isConflict, attempt < attempts else { throw error }
                attempt += 1
            }
        }
    }
}

extension Patch {
    /// The patch with `resourceVersion` as its precondition: the server answers Conflict when it is not the current one.
    package func requiring(resourceVersion: String) -> Patch {
        switch self {
        case .merge(var changes):
            changes[path: "metadata", "resourceVersion"] = .string(resourceVersion)
            return .merge(changes)
        case .json(var changes):
            let pointer = JSONPointer(["metadata", "resourceVersion"])
            changes.operations.append(.replace(pointer, .string(resourceVersion)))
            return .json(changes)
        }
    }
}
