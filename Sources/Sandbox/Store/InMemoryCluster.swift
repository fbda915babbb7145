package import JSON
package import Kubernetes
package import Platform

/// The objects of a cluster in memory: what the sandbox's API server stores them in, and a cluster for tests of what
/// talks to `KubernetesAPI`.
///
/// As the real one does, it hands out uid, resource version, creation timestamp and generation (raised when `spec`
/// changes), takes `status` through the subresource `status` alone (and ignores all else there), scales Deployments and
/// ReplicaSets through `scale`, checks the resource version of an update or patch, leaves an object alone that a write
/// does not change, holds a deleted object back for its finalizers and deletes what a deleted object owns, at once.
/// Custom resources must be updated with a resource version. It has no defaults but those, no admission and no schema,
/// and needs no Namespace object; what is in a namespace or of a defined kind goes with the Namespace or the definition.
package final class InMemoryCluster: KubernetesAPI {
    /// Called with the operation's text, such as `patch httpproxies.projectcontour.io test/podinfo`, before each call.
    package typealias Hook = @Sendable (String) async throws(KubernetesError) -> Void

    let clock: any WallClock
    let state: Locked<ClusterState>
    private let hook: Locked<Hook>

    /// An empty cluster whose timestamps come from `clock`.
    ///
    /// `onCall` may count calls, wait, or throw in place of the call. To die after a call has taken effect, throw at
    /// the call after it.
    ///
    /// It keeps at least the last `historyLimit` changes for watches that go on from a version, and ends a watch that
    /// leaves more than `watchLimit` unread. Events go `eventLifetime` after they were last told (an hour in the real
    /// server), or never.
    package init(
        clock: any WallClock,
        historyLimit: Int = 10_000,
        watchLimit: Int = 10_000,
        eventLifetime: Duration? = nil,
        onCall: @escaping Hook = { _ in }
    ) {
        self.clock = clock
        var empty = ClusterState()
        empty.historyLimit = historyLimit
        empty.watchLimit = watchLimit
        empty.eventLifetime = eventLifetime
        state = Locked(empty)
        hook = Locked(onCall)
    }

    /// Replaces the hook.
    package func onCall(_ newHook: @escaping Hook) { hook.withLock { $0 = newHook } }

    private func enter(_ operation: String) async throws(KubernetesError) {
        let current = hook.withLock { $0 }
        try await current(operation)
    }

    func locked<Answer: Sendable>(
        _ body: (inout ClusterState) throws(KubernetesError) -> Answer
    ) throws(KubernetesError) -> Answer {
        try state.withLock { state throws(KubernetesError) in try body(&state) }
    }

    package func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        let call = ClusterCall(operation: type.operation("get", key), type: type, time: clock.now())
        try await enter(call.operation)
        return try locked { state throws(KubernetesError) in try state.stored(key, call) }
    }

    package func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        let operation = type.operation("list", namespace: namespace)
        let call = ClusterCall(operation: operation, type: type, time: clock.now())
        try await enter(operation)
        guard let selector = LabelSelector(labelSelector ?? "") else {
            throw call.badRequest("unable to parse requirement: \(labelSelector ?? "")")
        }
        return try listed(call, in: namespace) { selector.matches($0.labels) }
    }

    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        let named = object[path: "metadata", "name"] ?? object[path: "metadata", "generateName"]
        let key = ObjectKey(namespace: type.isNamespaced ? namespace : nil, name: named?.string ?? "")
        let call = ClusterCall(operation: type.operation("create", key), type: type, time: clock.now())
        try await enter(call.operation)
        return try locked { state throws(KubernetesError) in
            try state.create(object, namespace: namespace, call)
        }
    }

    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        let operation = type.operation("update", key, subresource: subresource)
        let call = ClusterCall(operation: operation, type: type, time: clock.now(), isUpdate: true)
        try await enter(operation)
        return try locked { state throws(KubernetesError) in
            try state.change(key, subresource: subresource, call) { _ in object }
        }
    }

    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        let operation = type.operation("patch", key, subresource: subresource)
        let call = ClusterCall(operation: operation, type: type, time: clock.now())
        try await enter(operation)
        return try locked { state throws(KubernetesError) in
            try state.change(key, subresource: subresource, call) { current throws(KubernetesError) in
                try call.applying(patch, to: current)
            }
        }
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        let call = ClusterCall(operation: type.operation("delete", key), type: type, time: clock.now())
        try await enter(call.operation)
        try locked { state throws(KubernetesError) in try state.delete(key, call) }
    }

    package func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        let operation = type.operation("watch", namespace: namespace)
        let call = ClusterCall(operation: operation, type: type, time: clock.now())
        try await enter(operation)
        let reader = WatchReader(try changes(call, namespace: namespace, from: resourceVersion).entries)
        return WatchStream { try await reader.next() }
    }
}

/// Reads one event after another.
private actor WatchReader {
    private let entries: AsyncThrowingStream<ClusterState.Entry, any Error>

    init(_ entries: AsyncThrowingStream<ClusterState.Entry, any Error>) { self.entries = entries }

    func next() async throws -> WatchEvent? {
        var iterator = entries.makeAsyncIterator()
        return try await iterator.next()?.event
    }
}
