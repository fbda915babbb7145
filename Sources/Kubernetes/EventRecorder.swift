package import JSON
package import Logging
package import Platform

/// Writes core/v1 Events about objects.
///
/// What the server has no time for waits in a queue of 1,000 and is written when it has: by `run()` where that runs, else
/// with the next that is recorded.
package struct EventRecorder: Sendable {
    /// How an Event is shown.
    package enum Kind: String, Sendable {
        /// Things go as they should.
        case normal = "Normal"
        /// Somebody should look.
        case warning = "Warning"
    }

    /// How often a free name is looked for; names are taken by what another process wrote in the same nanosecond.
    private static let nameAttempts = 5

    private let api: any KubernetesAPI
    private let clock: any WallClock
    private let component: String
    private let logger: Logger
    private let jitter: @Sendable () -> Double
    private let state = Locked(State())
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    private struct State {
        var correlator = EventCorrelator()
        var queue = EventQueue()
        var statistics = EventStatistics()
        /// Whether somebody works the queue off.
        var isDraining = false
        /// Whether `run()` does.
        var isRunning = false
    }

    /// A recorder whose Events name `component` as their source; `jitter` answers 0 ..< 1 and spreads its attempts.
    package init(
        api: any KubernetesAPI,
        clock: any WallClock,
        component: String,
        logger: Logger = Logger(label: "canarygate.events"),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.api = api
        self.clock = clock
        self.component = component
        self.logger = logger
        self.jitter = jitter
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What became of the Events until now.
    package var statistics: EventStatistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.queued = state.queue.count
            return statistics
        }
    }

    /// Records `message` about `object`.
    ///
    /// The same message about the same object within ten minutes counts up the Event that is there. Of an object's
    /// Events of one reason 25 are written at once and then one a minute; what is more becomes one Event that tells the
    /// last of them and their number. What the server refuses is logged and dropped; a message is cut to 1,024 bytes.
    package func record(_ kind: Kind, reason: String, message: String, about object: JSONValue) async {
        let occurrence = EventOccurrence(
            subject: object.reference,
            kind: kind.rawValue,
            reason: reason,
            message: message
        )
        let now = clock.now()
        let (entry, mustWait, isRunning) = state.withLock { state in
            let entry = state.correlator.entry(for: occurrence, at: now)
            if entry == nil { state.statistics.heldBack += 1 }
            return (entry, state.queue.count > 0, state.isRunning)
        }
        guard let entry else { return logHeldBack(occurrence) }
        guard mustWait else {
            _ = await write(entry)
            return
        }
        enqueue(entry)
        if !isRunning { _ = await drain() }
    }

    /// Works the queue off until the task is cancelled, with a back-off while the server takes nothing; then tries once
    /// more.
    ///
    /// To be called once.
    package func run() async {
        state.withLock { $0.isRunning = true }
        defer { state.withLock { $0.isRunning = false } }
        var backoff = Backoff(jitter: jitter)
        for await _ in arrivals {
            while !(await drain()), !Task.isCancelled {
                do {
                    try await clock.sleep(for: backoff.failed())
                } catch {
                    break
                }
            }
            backoff.reset()
        }
        // The task is cancelled; a call of it would be, too.
        await Task { _ = await drain() }.value
    }
}

extension EventRecorder {
    /// Writes what waits until the server has no more time; true when nothing waits any more.
    private func drain() async -> Bool {
        let isFree = state.withLock { state in
            defer { state.isDraining = true }
            return !state.isDraining
        }
        // Somebody else is at it.
        guard isFree else { return true }
        defer { state.withLock { $0.isDraining = false } }
        while let entry = next() {
            guard await write(entry) else { return false }
        }
        return true
    }

    private func next() -> EventEntry? {
        let now = clock.now()
        while let entry = state.withLock({ $0.queue.next() }) {
            guard entry.isExpired(at: now) else { return entry }
            drop(entry, "waited for an hour")
        }
        return nil
    }

    private func enqueue(_ entry: EventEntry) {
        let displaced = state.withLock { $0.queue.add(entry) }
        if let displaced { drop(displaced, "\(EventQueue.limit) others wait") }
        arrival.yield()
    }

    /// Writes `entry`; false when it waits in the queue now, as the server has no time.
    private func write(_ entry: EventEntry) async -> Bool {
        do throws(KubernetesError) {
            try await send(entry)
            state.withLock { $0.statistics.written += 1 }
            return true
        } catch {
            guard error.isTransient else {
                drop(entry, "\(error)")
                return true
            }
            logger.debug("event waits", metadata: ["error.message": "\(error)", "kube.object": "\(entry.key)"])
            var waiting = entry
            waiting.mayExist = entry.isNew
            enqueue(waiting)
            return false
        }
    }

    private func send(_ entry: EventEntry) async throws(KubernetesError) {
        guard entry.isNew else {
            do throws(KubernetesError) {
                _ = try await api.patch(.events, entry.key, .merge(entry.changes), subresource: nil)
                return
            } catch {
                guard error.isNotFound else { throw error }
            }
            // The server forgets Events after an hour, and somebody may have deleted it: written anew.
            return try await create(renewed(entry))
        }
        try await create(entry)
    }

    private func create(_ entry: EventEntry) async throws(KubernetesError) {
        var entry = entry
        var attempt = 1
        while true {
            do throws(KubernetesError) {
                let event = entry.event(component: component)
                _ = try await api.create(.events, event, namespace: entry.key.namespace)
                return
            } catch {
                guard error.isAlreadyExists, attempt < Self.nameAttempts else { throw error }
                // It was made by the attempt before, whose answer was lost.
                if entry.mayExist { return }
                entry = renewed(entry)
                attempt += 1
            }
        }
    }

    private func renewed(_ entry: EventEntry) -> EventEntry {
        let now = clock.now()
        return state.withLock { $0.correlator.renewed(entry, at: now) }
    }

    private func drop(_ entry: EventEntry, _ why: String) {
        state.withLock { $0.statistics.dropped += 1 }
        logger.warning(
            "event dropped",
            metadata: [
                "error.message": "\(why)", "event.reason": "\(entry.occurrence.reason)",
                "kube.object": "\(Self.name(entry.occurrence))",
            ]
        )
    }

    private func logHeldBack(_ occurrence: EventOccurrence) {
        logger.debug(
            "event held back",
            metadata: ["event.reason": "\(occurrence.reason)", "kube.object": "\(Self.name(occurrence))"]
        )
    }

    private static func name(_ occurrence: EventOccurrence) -> String {
        "\(occurrence.subject["namespace"]?.string ?? "")/\(occurrence.subject["name"]?.string ?? "")"
    }
}

extension JSONValue {
    /// An ObjectReference to this object.
    package var reference: JSONValue {
        var reference: JSONValue = .object(JSONObject())
        for field in ["apiVersion", "kind"] { reference[field] = self[field] }
        for field in ["name", "namespace", "uid", "resourceVersion"] {
            reference[field] = self[path: "metadata", field]
        }
        return reference
    }
}
