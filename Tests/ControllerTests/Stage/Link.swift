import JSON
import Kubernetes
import Platform
import Sandbox

/// A process's way to the cluster: it counts the calls, and at one of them it breaks.
///
/// Hooks, measurements and events count as calls too.
final class Link: KubernetesAPI {
    /// Where and how a link breaks.
    struct Break: Hashable, Sendable, CustomStringConvertible {
        /// The call, counted from 1.
        let call: Int
        /// Whether the call takes effect and only its answer is lost.
        let takesEffect: Bool
        /// Whether the process dies of it, or hears of an error and lives on.
        let isDeath: Bool

        var description: String {
            "\(isDeath ? "dies" : "fails") \(takesEffect ? "after" : "before") call \(call)"
        }
    }

    /// What becomes of a call.
    enum Fate { case happens, isLost, losesItsAnswer }

    private struct State {
        var calls: [String] = []
        var isDead = false
    }

    private let cluster: InMemoryCluster
    private let breaking: Break?
    private let afterCall: @Sendable (String) -> Void
    private let state = Locked(State())

    init(_ cluster: InMemoryCluster, breaking: Break?, afterCall: @escaping @Sendable (String) -> Void) {
        self.cluster = cluster
        self.breaking = breaking
        self.afterCall = afterCall
    }

    /// What was called, in order.
    var calls: [String] { state.withLock { $0.calls } }

    /// Whether the process is no more.
    var isDead: Bool { state.withLock { $0.isDead } }

    /// Counts a call and says what becomes of it.
    func fate(of operation: String) -> Fate {
        let breaking = breaking
        return state.withLock { state in
            guard !state.isDead else { return .isLost }
            state.calls.append(operation)
            guard let breaking, state.calls.count == breaking.call else { return .happens }
            state.isDead = breaking.isDeath
            return breaking.takesEffect ? .losesItsAnswer : .isLost
        }
    }

    private func pass<Answer>(
        _ operation: String,
        _ body: () async throws(KubernetesError) -> sending Answer
    ) async throws(KubernetesError) -> sending Answer {
        let lost = KubernetesError(operation: operation, code: 0, reason: "", message: "connection is gone")
        let fate = fate(of: operation)
        if fate == .isLost { throw lost }
        let answer = try await body()
        if !operation.isRead { afterCall(operation) }
        if fate == .losesItsAnswer { throw lost }
        return answer
    }

    func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        try await pass(type.operation("get", key)) { () async throws(KubernetesError) in
            try await cluster.get(type, key)
        }
    }

    func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        try await pass(type.operation("list", namespace: namespace)) { () async throws(KubernetesError) in
            try await cluster.list(type, namespace: namespace, labelSelector: labelSelector)
        }
    }

    func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await pass(type.operation("create", object.key)) { () async throws(KubernetesError) in
            try await cluster.create(type, object, namespace: namespace)
        }
    }

    func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await pass(type.operation("update", key, subresource: subresource)) {
            () async throws(KubernetesError) in
            try await cluster.update(type, key, object, subresource: subresource)
        }
    }

    func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await pass(type.operation("patch", key, subresource: subresource)) { () async throws(KubernetesError) in
            try await cluster.patch(type, key, patch, subresource: subresource)
        }
    }

    func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        try await pass(type.operation("delete", key)) { () async throws(KubernetesError) in
            try await cluster.delete(type, key)
        }
    }

    func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        try await cluster.watch(type, namespace: namespace, resourceVersion: resourceVersion)
    }
}

extension String {
    /// Whether a call of that name only looks.
    var isRead: Bool { hasPrefix("get ") || hasPrefix("list ") }
}
