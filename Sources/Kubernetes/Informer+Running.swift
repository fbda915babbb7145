import JSON
import Logging
import Platform

extension Informer {
    /// A watch that ends sooner than this without an event counts as a failure.
    private static let shortestWatch: Duration = .seconds(1)
    /// A watch that lasted this long had begun well, however it ended.
    private static let lastingWatch: Duration = .seconds(5)
    /// How long a watch is asked to last in seconds, and how much more at most, so that many do not end together: what
    /// client-go asks for.
    private static let watchSeconds = (least: 300, spread: 300.0)

    /// What a run remembers from one step to the next.
    private struct Course {
        var backoff: Backoff
        /// Whether the next state is asked for as a stream.
        var streamsState: Bool
        /// Whether the server has refused to.
        var isRefused = false
    }

    /// Lists and watches until the task is cancelled; never fails, but logs and tries again with a back-off.
    package func run() async {
        var course = Course(backoff: Backoff(jitter: jitter), streamsState: streamsState)
        while !Task.isCancelled {
            guard let wait = await step(&course) else { continue }
            do {
                try await clock.sleep(for: wait)
            } catch {
                return
            }
        }
    }

    /// Lists or watches once; returns how long to wait before the next step, nil for not at all.
    private func step(_ course: inout Course) async -> Duration? {
        if let version = state.withLock({ state in state.cache.resourceVersion }) {
            return await watch(from: version, &course.backoff)
        }
        guard course.streamsState, !course.isRefused else {
            let wait = await list(&course.backoff)
            if wait == nil { course.streamsState = streamsState }
            return wait
        }
        return await stream(&course)
    }

    /// Has the state streamed, and follows what comes after it.
    private func stream(_ course: inout Course) async -> Duration? {
        let start = clock.now()
        let answer: WatchedList?
        do throws(KubernetesError) {
            answer = try await api.watchList(type, in: selection, seconds: watchSeconds, trim: trim)
        } catch {
            return refused(error, &course)
        }
        guard let answer else {
            course.isRefused = true
            return nil
        }
        publish { cache in cache.replace(with: answer.list) }
        logger.debug("streamed", metadata: ["kube.count": "\(answer.list.items.count)"])
        return await follow(answer.changes, since: start, hasBrought: !answer.list.items.isEmpty, &course.backoff)
    }

    /// The server did not stream the state: it is listed next.
    private func refused(_ error: KubernetesError, _ course: inout Course) -> Duration? {
        if error.isNotFound { return missing(&course.backoff) }
        course.streamsState = false
        // One that has answered will answer the same again, unless it only had no time, or did not know us.
        course.isRefused = ![0, 401, 429, 502, 503, 504].contains(error.code)
        logger.debug("state is not streamed", metadata: ["error.message": "\(error)"])
        return nil
    }

    private func list(_ backoff: inout Backoff) async -> Duration? {
        do throws(KubernetesError) {
            let list = try await api.list(type, in: selection, trim: trim)
            publish { cache in cache.replace(with: list) }
            logger.debug("listed", metadata: ["kube.count": "\(list.items.count)"])
            return nil
        } catch {
            return error.isNotFound ? missing(&backoff) : failed("list failed", error, &backoff)
        }
    }

    /// The server does not know the kind; it is asked again now and then.
    private func missing(_ backoff: inout Backoff) -> Duration {
        if availability != .missing { logger.notice("kind is not installed") }
        publish { cache in cache.replaceWithNothing() }
        backoff.reset()
        return Backoff.longest
    }

    private var watchSeconds: Int { Self.watchSeconds.least + Int(jitter() * Self.watchSeconds.spread) }

    private func watch(from version: String, _ backoff: inout Backoff) async -> Duration? {
        let start = clock.now()
        let stream: WatchStream
        do throws(KubernetesError) {
            stream = try await api.watch(type, in: selection, resourceVersion: version, seconds: watchSeconds)
        } catch {
            // Anything else, for example that nobody listens or that there are too many requests, is no reason to list.
            guard error.isExpired || error.isNotFound || error.code == 400 else {
                return failed("watch failed", error, &backoff)
            }
            return expired(error, &backoff)
        }
        return await follow(stream, since: start, hasBrought: false, &backoff)
    }

    /// Takes in what `stream` brings until it ends.
    private func follow(
        _ stream: WatchStream,
        since start: Timestamp,
        hasBrought: Bool,
        _ backoff: inout Backoff
    ) async -> Duration? {
        var hasBrought = hasBrought
        if hasBrought { backoff.reset() }
        do {
            for try await event in stream {
                hasBrought = true
                backoff.reset()
                let trimmed = event.mapping(trim)
                publish { cache in cache.apply(trimmed) }
            }
        } catch let error as KubernetesError where error.code != 0 {
            return expired(error, &backoff)
        } catch {
            // A proxy may cut every idle stream: what lasted does not add to the failures before it.
            if clock.now() - start >= Self.lastingWatch { backoff.reset() }
            return failed("watch broke off", error, &backoff)
        }
        guard !hasBrought, clock.now() - start < Self.shortestWatch else {
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

    private func failed(_ message: Logger.Message, _ error: (any Error)?, _ backoff: inout Backoff) -> Duration {
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
        let (events, before, after) = state.withLock { state in
            let before = state.cache.availability
            return (change(&state.cache), before, state.cache.availability)
        }
        if before != after { onAvailability(after) }
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

extension WatchEvent {
    /// The event with its object as `trim` makes it.
    func mapping(_ trim: (JSONValue) -> JSONValue) -> WatchEvent {
        switch self {
        case .added(let object): .added(trim(object))
        case .modified(let object): .modified(trim(object))
        case .deleted(let object): .deleted(trim(object))
        case .bookmark: self
        }
    }
}
