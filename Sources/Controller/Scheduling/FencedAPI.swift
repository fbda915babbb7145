package import JSON
package import Kubernetes
package import Platform

/// An API that writes only while we lead, and carries through what it has begun to write.
///
/// A write is sent only while the lease has a margin to go. Within it the write arrives or is given up, so that none of ours
/// comes after the next leader's first. When the task is cancelled, a write that is under way still comes to its end: who
/// hands the lease over afterwards leaves nothing on its way.
package final class FencedAPI: KubernetesAPI {
    private let api: any KubernetesAPI
    private let lease: ObjectKey
    private let mayWrite: @Sendable () -> Bool
    private let patience: Duration
    private let clock: any WallClock
    private let refusals = Locked(0)

    /// Writes to `api` while `mayWrite` says so, each for `patience` at most, by a clock that runs as the lease's does.
    ///
    /// `lease` is named in refusals. `patience` must not be longer than the margin with which `mayWrite` reckons.
    package init(
        _ api: any KubernetesAPI,
        lease: ObjectKey,
        patience: Duration,
        clock: any WallClock = SystemClock(),
        mayWrite: @escaping @Sendable () -> Bool
    ) {
        self.api = api
        self.lease = lease
        self.patience = patience
        self.clock = clock
        self.mayWrite = mayWrite
    }

    /// How many writes were refused here.
    package var refusedWrites: Int { refusals.withLock { $0 } }

    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        let api = api
        return try await carry(type.operation("create", ObjectKey(namespace: namespace, name: object.name))) {
            () async throws(KubernetesError) in try await api.create(type, object, namespace: namespace)
        }
    }

    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        let api = api
        return try await carry(type.operation("update", key, subresource: subresource)) {
            () async throws(KubernetesError) in
            try await api.update(type, key, object, subresource: subresource)
        }
    }

    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        let api = api
        return try await carry(type.operation("patch", key, subresource: subresource)) {
            () async throws(KubernetesError) in
            try await api.patch(type, key, patch, subresource: subresource)
        }
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        let api = api
        _ = try await carry(type.operation("delete", key)) { () async throws(KubernetesError) -> JSONValue in
            try await api.delete(type, key)
            return .null
        }
    }

    private func carry(
        _ operation: String,
        _ write: @escaping @Sendable () async throws(KubernetesError) -> JSONValue
    ) async throws(KubernetesError) -> JSONValue {
        if Task.isCancelled {
            throw KubernetesError(operation: operation, code: 0, reason: "", message: "cancelled")
        }
        guard mayWrite() else {
            refusals.withLock { $0 += 1 }
            throw .notLeading(operation, lease)
        }
        let writing = Task { () async -> Result<JSONValue, KubernetesError> in
            do throws(KubernetesError) { return .success(try await write()) } catch { return .failure(error) }
        }
        let timer = Task { [clock, patience] in
            do { try await clock.sleep(for: patience) } catch {
                // The write has ended.
                return
            }
            writing.cancel()
        }
        let result = await writing.value
        timer.cancel()
        return try result.get()
    }
}

extension FencedAPI {
    package func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        try await api.get(type, key)
    }

    package func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        try await api.list(type, namespace: namespace, labelSelector: labelSelector)
    }

    package func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        try await api.watch(type, namespace: namespace, resourceVersion: resourceVersion)
    }
}

extension KubernetesError {
    private static let notLeading = "NotLeading"

    /// `operation` was not sent, as the lease may be another's.
    static func notLeading(_ operation: String, _ lease: ObjectKey) -> KubernetesError {
        KubernetesError(
            operation: operation,
            code: 0,
            reason: notLeading,
            message: "not sent: the lease \(lease) is not held here, or may run out before the answer"
        )
    }

    /// Whether a write was not sent because we may not lead any more.
    package var isNotLeading: Bool { code == 0 && reason == Self.notLeading }
}
