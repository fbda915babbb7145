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
    let clock: any WallClock
    let events: any RolloutEventSink
    let metrics: any CanaryMetricReader
    let hooks: any CanaryHookCaller
    let journal: any JournalSink
    let settings: ControllerSettings
    let logger: Logger
    let onStep: @Sendable (Canary, Step) -> Void
    /// What was last told about each Canary while nothing moved, so that it is not told at every look.
    private let told = Locked<[ObjectKey: [String]]>([:])
    /// The Canaries that a task follows.
    private let followed = Locked<Set<ObjectKey>>([])
    /// Canaries whose target another, older one has.
    private let excluded = Locked<Set<ObjectKey>>([])

    /// A loop over the Canaries of `api`, or of the settings' namespace.
    ///
    /// - Parameters:
    ///   - api: the cluster.
    ///   - clock: the only time that it knows.
    ///   - events: where its news go.
    ///   - metrics: takes the measurements.
    ///   - hooks: calls the hooks.
    ///   - journal: gets each tick in full.
    ///   - settings: namespaces and patience.
    ///   - logger: one line for each step.
    ///   - onStep: called after each step with the Canary as it was before; must not block.
    package init(
        api: any KubernetesAPI,
        clock: any WallClock,
        events: any RolloutEventSink,
        metrics: any CanaryMetricReader,
        hooks: any CanaryHookCaller,
        journal: any JournalSink = NoJournal(),
        settings: ControllerSettings = ControllerSettings(),
        logger: Logger = Logger(label: "canarygate.controller"),
        onStep: @escaping @Sendable (Canary, Step) -> Void = { _, _ in }
    ) {
        self.api = api
        self.clock = clock
        self.events = events
        self.metrics = metrics
        self.hooks = hooks
        self.journal = journal
        self.settings = settings
        self.logger = logger
        self.onStep = onStep
    }

    /// Runs until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for key in await newcomers() {
                    group.addTask { await follow(key) }
                }
                do { try await clock.sleep(for: settings.listPoll) } catch { break }
            }
            group.cancelAll()
        }
    }

    /// The Canaries that no task follows yet; from now on one does.
    private func newcomers() async -> [ObjectKey] {
        let canaries: [JSONValue]
        do {
            canaries = try await api.list(.canaries, namespace: settings.namespace, labelSelector: nil).items
        } catch {
            logger.warning("could not list canaries", metadata: ["error.message": "\(error)"])
            return []
        }
        let claims = TargetClaims(canaries)
        let contested = Set(claims.losers.keys)
        let known = excluded.withLock { excluded in
            defer { excluded = contested }
            return excluded
        }
        for canary in canaries where !known.contains(canary.key) {
            guard let message = claims.losers[canary.key] else { continue }
            await events.tell(.warning(.blocked, message), about: canary)
        }
        return canaries.map(\.key).filter { key in
            !contested.contains(key) && followed.withLock { $0.insert(key).inserted }
        }
    }

    /// Looks after one Canary until it is gone.
    private func follow(_ key: ObjectKey) async {
        defer { followed.withLock { _ = $0.remove(key) } }
        var hurry = 0
        while !Task.isCancelled, !excluded.withLock({ $0.contains(key) }) {
            let pause: Duration
            switch await reconcile(key) {
            case .gone: return
            case .again: pause = .zero
            case .after(let duration): pause = duration
            }
            // Steps that follow each other at once end in a wait; where they do not, something undoes what we do.
            hurry = pause > .zero ? 0 : hurry + 1
            do {
                try await clock.sleep(for: hurry < Self.longestHurry ? pause : settings.activePoll)
            } catch { return }
        }
    }

    /// No way through the state machine has more steps in a row without a wait.
    private static let longestHurry = 20

    /// Forgets what was told about a Canary that is gone; another of its name has not heard it.
    func forget(_ key: ObjectKey) { told.withLock { $0[key] = nil } }

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
