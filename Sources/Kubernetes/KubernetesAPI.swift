package import JSON

/// A change to send with PATCH.
package enum Patch: Hashable, Sendable {
    /// RFC 6902.
    case json(JSONPatch)
    /// RFC 7386.
    case merge(JSONValue)
}

/// A list's items and the version from which a watch goes on.
package struct ObjectList: Sendable {
    /// The objects, each with apiVersion and kind.
    package let items: [JSONValue]
    /// The list's resource version.
    package let resourceVersion: String

    package init(items: [JSONValue], resourceVersion: String) {
        self.items = items
        self.resourceVersion = resourceVersion
    }
}

/// A change of one object, as a watch reports it.
package enum WatchEvent: Sendable {
    /// It is new.
    case added(JSONValue)
    /// It changed.
    case modified(JSONValue)
    /// It is gone; its last state.
    case deleted(JSONValue)
    /// Nothing happened up to this resource version.
    case bookmark(resourceVersion: String)
}

/// A running watch: iterate it; it ends when the server ends the stream and throws `KubernetesError` for an ERROR event.
package struct WatchStream: AsyncSequence, Sendable {
    package typealias Element = WatchEvent
    package typealias Failure = any Error

    private let next: @Sendable () async throws -> WatchEvent?

    /// A watch whose events come from `next`, nil at its end.
    package init(next: @escaping @Sendable () async throws -> WatchEvent?) { self.next = next }

    /// Reads events as they arrive.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let source: @Sendable () async throws -> WatchEvent?

        /// The next event; nil at the end.
        package mutating func next() async throws -> WatchEvent? { try await source() }
    }

    /// Reads from where the watch stands.
    package func makeAsyncIterator() -> Iterator { Iterator(source: next) }
}

/// What the loop and the informers ask of an API server.
///
/// `KubernetesClient` asks a real one over HTTP.
package protocol KubernetesAPI: Sendable {
    /// The object at `key`.
    ///
    /// - Throws: `KubernetesError`; `isNotFound` when it is not there.
    func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue

    /// The whole object at `key` as the server has it, with who wrote which field, past whatever is kept of it.
    ///
    /// - Throws: `KubernetesError`; `isNotFound` when it is not there.
    func getWhole(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue

    /// All objects of `type`, in `namespace` or everywhere when that is nil, that `labelSelector` (`a=b,c!=d`) selects.
    ///
    /// - Throws: `KubernetesError`.
    func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList

    /// Creates `object` in `namespace` and returns it as stored.
    ///
    /// - Throws: `KubernetesError`; `isAlreadyExists` when the name is taken.
    func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue

    /// Replaces the object at `key`, or its `subresource`, and returns it as stored. A resource version in `object`
    /// must be the current one.
    ///
    /// - Throws: `KubernetesError`; `isConflict` when the object has changed.
    func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue

    /// Changes the object at `key`, or its `subresource`, and returns it as stored.
    ///
    /// - Throws: `KubernetesError`; `isConflict` when a resource version in the patch is not the current one.
    func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue

    /// Deletes the object at `key`, its dependents in the background.
    ///
    /// - Throws: `KubernetesError`; `isNotFound` when it is not there.
    func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError)

    /// Changes of `type` after `resourceVersion`, in `namespace` or everywhere when that is nil.
    ///
    /// - Throws: `KubernetesError`; `isExpired` when the version is too old, here or from the stream.
    func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream

    /// All objects of `type` in `selection`, each as `trim` makes it as soon as its page has arrived.
    ///
    /// - Throws: `KubernetesError`.
    func list(
        _ type: ResourceType,
        in selection: ListSelection,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> ObjectList

    /// Changes of the objects of `type` in `selection` after `resourceVersion`, for at most `seconds`.
    ///
    /// An object that is no longer selected arrives as deleted.
    ///
    /// - Throws: `KubernetesError`; `isExpired` when the version is too old, here or from the stream.
    func watch(
        _ type: ResourceType,
        in selection: ListSelection,
        resourceVersion: String,
        seconds: Int
    ) async throws(KubernetesError) -> WatchStream

    /// The objects of `type` in `selection` as a stream sends them, each as `trim` makes it, and the changes that come
    /// after them in the same stream, which lasts at most `seconds`; nil where there is no such stream.
    ///
    /// - Throws: `KubernetesError`, also where the server does not offer it.
    func watchList(
        _ type: ResourceType,
        in selection: ListSelection,
        seconds: Int,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> WatchedList?
}

extension KubernetesAPI {
    /// What keeps nothing has the whole object already.
    package func getWhole(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        try await get(type, key)
    }
}
