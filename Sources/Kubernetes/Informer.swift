package import JSON
package import Logging
package import Platform

/// A cache of all objects of one kind, kept by list and watch.
///
/// The state comes in pages, or as a stream where the server offers that. A watch that breaks off or falls silent goes
/// on from where it was; one that cannot is made up for by the state as it is then, whose differences arrive as events,
/// while the cache stays as it was. The cached objects hold no `managedFields`, and are packed.
package final class Informer: Sendable {
    /// The kind.
    package let type: ResourceType
    /// Which of its objects.
    package let selection: ListSelection

    struct State {
        var cache: InformerCache
        /// Whether all that the first list held has been told.
        var hasSynced = false
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, any Error>] = [:]
    }

    let api: any KubernetesAPI
    let clock: any WallClock
    let logger: Logger
    let jitter: @Sendable () -> Double
    let streamsState: Bool
    let trim: @Sendable (JSONValue) -> JSONValue
    let onAvailability: @Sendable (KindAvailability) -> Void
    let onEvent: @Sendable (InformerEvent) -> Void
    let state: Locked<State>

    /// An informer of `type` in `namespace`, or everywhere when that is nil, of the objects that the selectors select.
    ///
    /// `onEvent` is called in order, from the task that runs the informer, after the cache has changed; it must not
    /// block. `onAvailability` is called likewise when it is found that the server knows the kind, or does not.
    /// `jitter` answers 0 ..< 1 and spreads the waits after failures. `keep` makes of an object what is kept and told of
    /// it, and must leave its metadata's name, namespace, uid and resourceVersion. With `streamsState` the server is asked
    /// to stream the state, and where it does not, it is listed.
    package init(
        type: ResourceType,
        namespace: String? = nil,
        labelSelector: String? = nil,
        fieldSelector: String? = nil,
        indexes: [InformerIndex] = [],
        api: any KubernetesAPI,
        clock: any WallClock,
        logger: Logger = Logger(label: "canarygate.informer"),
        streamsState: Bool = true,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        keep: @escaping @Sendable (JSONValue) -> JSONValue = { $0 },
        onAvailability: @escaping @Sendable (KindAvailability) -> Void = { _ in },
        onEvent: @escaping @Sendable (InformerEvent) -> Void = { _ in }
    ) {
        state = Locked(State(cache: InformerCache(indexes: indexes)))
        self.type = type
        selection = ListSelection(
            namespace: namespace,
            labelSelector: labelSelector,
            fieldSelector: fieldSelector
        )
        self.api = api
        self.clock = clock
        self.streamsState = streamsState
        self.jitter = jitter
        self.onAvailability = onAvailability
        self.onEvent = onEvent
        trim = { object in keep(Self.withoutManagedFields(object)).packed }
        var logger = logger
        logger[metadataKey: "kube.resource"] = "\(type.qualifiedPlural)"
        self.logger = logger
    }

    /// Without the field that is often half of an object, and that nobody here reads.
    private static func withoutManagedFields(_ object: JSONValue) -> JSONValue {
        guard object[path: "metadata", "managedFields"] != nil else { return object }
        var object = object
        object[path: "metadata", "managedFields"] = nil
        return object
    }

    /// Whether the first list has been taken in and told; a kind that the server does not know counts as an empty one.
    package var hasSynced: Bool { state.withLock { state in state.hasSynced } }

    /// Whether the server knows the kind, as of the last answer.
    package var availability: KindAvailability { state.withLock { state in state.cache.availability } }

    /// The cached objects.
    package var objects: [ObjectKey: JSONValue] { state.withLock { state in state.cache.objects } }

    /// The cached object at `key`, or nil.
    package func object(_ key: ObjectKey) -> JSONValue? { state.withLock { state in state.cache.objects[key] } }

    /// The cached objects that the index `name` has under `value`, by namespace and name; none for an index that there
    /// is not.
    package func objects(in name: String, under value: String) -> [JSONValue] {
        let found = state.withLock { state in
            let keys = state.cache.keys(in: name, under: value)
            return keys.compactMap { key in state.cache.objects[key].map { (key.description, $0) } }
        }
        return found.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Suspends until the first list has been taken in and told.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    package func waitUntilSynced() async throws {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isSynced = state.withLock { state in
                    if !state.hasSynced { state.waiters[number] = continuation }
                    return state.hasSynced
                }
                if isSynced { continuation.resume() }
                // Cancelled before the line above: the handler found nobody.
                if Task.isCancelled { cancelWaiter(number) }
            }
        } onCancel: {
            cancelWaiter(number)
        }
    }

    private func cancelWaiter(_ number: Int) {
        let waiter = state.withLock { state in state.waiters.removeValue(forKey: number) }
        waiter?.resume(throwing: CancellationError())
    }
}
