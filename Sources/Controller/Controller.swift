package import FlaggerAPI
import JSON
package import Kubernetes
package import Logging
package import Platform
package import Rollout

/// The loop: for each Canary observe, decide, record, act.
///
/// It remembers nothing that it could not do without: what it needs stands in the Canary's status and on the objects.
/// Two of them may run by mistake; each write names the version that was read, so one of the two reads again.
package struct Controller: Sendable {
    let api: any KubernetesAPI
    let cache: (any ObjectCache)?
    let clock: any WallClock
    let events: any RolloutEventSink
    let metrics: any CanaryMetricReader
    let hooks: any CanaryHookCaller
    let journal: any JournalSink
    let settings: ControllerSettings
    let logger: Logger
    let jitter: @Sendable () -> Double
    let onStep: @Sendable (Canary, Step) -> Void
    let onRound: @Sendable (RoundReport) -> Void
    let schedule = Schedule()
    /// What was last told about each Canary while nothing moved, so that it is not told at every look.
    private let told = Locked<[ObjectKey: [String]]>([:])
    /// How many rounds of a Canary have failed one after the other.
    private let failures = Locked<[ObjectKey: Int]>([:])
    /// How many rounds of a Canary have found something changed since it was read, one after the other.
    private let stales = Locked<[ObjectKey: Int]>([:])

    /// A loop over the Canaries of `api`, or of the settings' namespace.
    ///
    /// - Parameters:
    ///   - api: the cluster.
    ///   - cache: what `api` reads from, where it does not ask the cluster each time.
    ///   - clock: the only time that it knows.
    ///   - events: where its news go.
    ///   - metrics: takes the measurements.
    ///   - hooks: calls the hooks.
    ///   - journal: gets each tick in full.
    ///   - settings: namespaces and patience.
    ///   - logger: one line for each step.
    ///   - jitter: answers 0 ..< 1, and spreads the looks at Canaries that nothing is to happen to.
    ///   - onStep: called after each step with the Canary as it was before; must not block.
    ///   - onRound: called after each round of `run()`; must not block.
    package init(
        api: any KubernetesAPI,
        cache: (any ObjectCache)? = nil,
        clock: any WallClock,
        events: any RolloutEventSink,
        metrics: any CanaryMetricReader,
        hooks: any CanaryHookCaller,
        journal: any JournalSink = NoJournal(),
        settings: ControllerSettings = ControllerSettings(),
        logger: Logger = Logger(label: "canarygate.controller"),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        onStep: @escaping @Sendable (Canary, Step) -> Void = { _, _ in },
        onRound: @escaping @Sendable (RoundReport) -> Void = { _ in }
    ) {
        self.api = api
        self.cache = cache
        self.clock = clock
        self.events = events
        self.metrics = metrics
        self.hooks = hooks
        self.journal = journal
        self.settings = settings
        self.logger = logger
        self.jitter = jitter
        self.onStep = onStep
        self.onRound = onRound
    }

    /// What it is at.
    package var figures: LoopFigures { schedule.figures(at: clock.now()) }

    /// Forgets what was told about a Canary that is gone; another of its name has not heard it.
    func forget(_ key: ObjectKey) {
        told.withLock { $0[key] = nil }
        forgetFailures(key)
    }

    /// Counts a round of the Canary at `key` that failed, and returns how long to wait: twice as long each time.
    func pauseAfterFailure(_ key: ObjectKey) -> Duration {
        let before = failures.withLock { failures in
            defer { failures[key, default: 0] += 1 }
            return failures[key] ?? 0
        }
        return min(settings.restingPoll, settings.activePoll * (1 << min(before, 10)))
    }

    /// How many rounds of the Canary at `key` have failed one after the other.
    func failureCount(_ key: ObjectKey) -> Int { failures.withLock { $0[key] ?? 0 } }

    /// Counts a round of the Canary at `key` that found something changed since it was read, and returns the count.
    func countStale(_ key: ObjectKey) -> Int {
        stales.withLock { stales in
            stales[key, default: 0] += 1
            return stales[key] ?? 0
        }
    }

    /// A round of the Canary at `key` has not failed.
    func forgetFailures(_ key: ObjectKey) {
        failures.withLock { $0[key] = nil }
        stales.withLock { $0[key] = nil }
    }

    /// Tells `news` about `canary`; the same words again only after something else was told or done.
    func tell(_ news: [RolloutEvent], about canary: JSONValue, isStill: Bool) async {
        let words = news.map(\.message)
        let isOld = told.withLock { told in
            let isOld = isStill && !words.isEmpty && told[canary.key] == words
            if !words.isEmpty || !isStill { told[canary.key] = isStill ? words : nil }
            return isOld
        }
        if isOld { return }
        for event in news { await events.tell(event, about: canary) }
    }
}
