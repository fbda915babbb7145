package import JSON
package import Logging
package import Platform

/// A change that an informer saw, in order for each object.
package enum InformerEvent: Hashable, Sendable {
    /// The object appeared.
    case added(JSONValue)
    /// It changed.
    case updated(old: JSONValue, new: JSONValue)
    /// It is gone; its last known state.
    case deleted(JSONValue)
}

/// A cache of all objects of one kind, kept by list and watch.
///
/// A watch that breaks off goes on from where it was; one that cannot is made up for by a list, whose differences
/// arrive as events. The cached objects hold no `managedFields`.
package final class Informer: Sendable {
    /// The kind.
    package let type: ResourceType

    private struct State {
        var cache: InformerCache
        /// Whether all that the first list held has been told.
        var hasSynced = false
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, any Error>] = [:]
    }

    /// A watch that ends sooner than this without an event counts as a failure.
    private static let shortestWatch: Duration = .seconds(1)

    private let namespace: String?
    private let api: any KubernetesAPI
    private let clock: any WallClock
    private let logger: Logger
    private let jitter: @Sendable () -> Double
    private let onEvent: @Sendable (InformerEvent) -> Void
    private let state: Locked<State>

    /// An informer of `type` in `namespace`, or everywhere when that is nil.
    ///
    /// `onEvent` is called in order, from the task that runs the informer, after the cache has changed; it must not
    /// block. `jitter` answers 0 ..< 1 and spreads the waits after failures. `keep` makes of an object what is kept and
    /// told of it, and must leave its metadata's name, namespace, uid and resourceVersion.
    package init(
        type: ResourceType,
        namespace: String? = nil,
        api: any KubernetesAPI,
        clock: any WallClock,
        logger: Logger = Logger(label: "canarygate.informer"),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        keep: @escaping @Sendable (JSONValue) -> JSONValue = { $0 },
        onEvent: @escaping @Sendable (InformerEvent) -> Void = { _ in }
    ) {
        state = Locked(State(cache: InformerCache(keep: keep)))
        self.type = type
        self.namespace = namespace
        self.api = api
        self.clock = clock
        self.jitter = jitter
        self.onEvent = onEvent
        var logger = logger
        logger[metadataKey: "kube.resource"] = "\(type.qualifiedPlural)"
        self.logger = logger
    }

    /// Whether the first list has been taken in and told; a kind that the server does not know counts as an empty one.
    package var hasSynced: Bool { state.withLock { state in state.hasSynced } }

    /// The cached objects.
    package var objects: [ObjectKey: JSONValue] { state.withLock { state in state.cache.objects } }

    /// The cached object at `key`, or nil.
    package func object(_ key: ObjectKey) -> JSONValue? { state.withLock { state in state.cache.objects[key] } }

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

    /// Lists and watches until the task is cancelled; never fails, but logs and tries again with a back-off.
    package func run() async {
        var backoff = Backoff(jitter: jitter)
        while !Task.isCancelled {
            guard let wait = await step(&backoff) else { continue }
            do {
                try await clock.sleep(for: wait)
            } catch {
                return
            }
        }
    }
}

extension Informer {
    /// Lists or watches once; returns how long to wait before the next step, nil for not at all.
    private func step(_ backoff: inout Backoff) async -> Duration? {
        guard let version = state.withLock({ state in state.cache.resourceVersion }) else {
            return await list(&backoff)
        }
        return await watch(from: version, &backoff)
    }

    private func list(_ backoff: inout Backoff) async -> Duration? {
        do throws(KubernetesError) {
            let list = try await api.list(type, namespace: namespace, labelSelector: nil)
            publish { cache in cache.replace(with: list) }
            logger.debug("listed", metadata: ["kube.count": "\(list.items.count)"])
            return nil
        } catch {
            guard error.isNotFound else { return failed("list failed", error, &backoff) }
            if !hasSynced { logger.notice("kind is not installed") }
            publish { cache in cache.replaceWithNothing() }
            backoff.reset()
            return Backoff.longest
        }
    }

    private func watch(from version: String, _ backoff: inout Backoff) async -> Duration? {
        let start = clock.now()
        let stream: WatchStream
        do throws(KubernetesError) {
            stream = try await api.watch(type, namespace: namespace, resourceVersion: version)
        } catch {
            // Anything else, for example that nobody listens or that there are too many requests, is no reason to list.
            guard error.isExpired || error.isNotFound || error.code == 400 else {
                return failed("watch failed", error, &backoff)
            }
            return expired(error, &backoff)
        }
        var count = 0
        do {
            for try await event in stream {
                count += 1
                backoff.reset()
                publish { cache in cache.apply(event) }
            }
        } catch let error as KubernetesError where error.code != 0 {
            return expired(error, &backoff)
        } catch {
            return failed("watch broke off", error, &backoff)
        }
        guard count == 0, clock.now() - start < Self.shortestWatch else {
            backoff.reset()
            return nil
        }
        return failed("watch ended at once", nil, &backoff)
    }

    /// The watch cannot go on from its version: a list comes next, at once unless that was tried just before.
    private func expired(_ error: KubernetesError, _ backoff: inout Backoff) -> Duration? {
        state.withLock { state in state.cache.expire() }
        let isFirst = backoff.failures == 0
        let wait = failed("watch expired", error, &backoff)
        return isFirst ? nil : wait
    }

    private func failed(_ message: Logger.Message, _ error: (any Error)?, _ backoff: inout Backoff) -> Duration? {
        let wait = backoff.failed()
        guard !Task.isCancelled else { return wait }
        var metadata: Logger.Metadata = ["kube.failures": "\(backoff.failures)"]
        if let error { metadata["error.message"] = "\(error)" }
        // A single failure is everyday: a server that restarts, an idle stream that a proxy cut.
        logger.log(level: backoff.failures > 1 ? .warning : .info, message, metadata: metadata)
        return wait
    }

    /// Changes the cache, tells the events, and wakes who waits for the first list.
    ///
    /// In this order: who finds it synced may rely on what was told.
    private func publish(_ change: (inout InformerCache) -> [InformerEvent]) {
        let events = state.withLock { state in change(&state.cache) }
        for event in events { onEvent(event) }
        let waiters = state.withLock { state in
            state.hasSynced = state.cache.hasSynced
            let waiters = state.hasSynced ? Array(state.waiters.values) : []
            if state.hasSynced { state.waiters = [:] }
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
