import Controller
import Gate
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport

/// One process of the loop that reads from informers, as the server has it.
///
/// What the informers ask goes past its link, which counts what the loop asks.
final class InformedLife: Sendable {
    static let types: [ResourceType] = [
        .canaries, .deployments, .autoscalers, .scaledObjects, .services, .httpProxies, .configMaps, .secrets,
        .podDisruptionBudgets,
    ]

    let link: Link
    let reads: CachedAPI
    let controller: Controller
    private let stage: Stage
    private let informers: [Informer]
    /// The version of each object that the loop was told of.
    private let told: Locked<[ResourceType: [ObjectKey: String]]>
    private let reports: Locked<[RoundReport]>

    /// A process on `stage`; what it writes goes through the fence that `fenced` makes of its link.
    init(_ stage: Stage, fenced: (any KubernetesAPI) -> any KubernetesAPI = { $0 }) {
        let told = Locked<[ResourceType: [ObjectKey: String]]>([:])
        let reports = Locked<[RoundReport]>([])
        let link = stage.link()
        let events = Locked<@Sendable (ResourceType, InformerEvent) -> Void>({ _, _ in })
        let kinds = Locked<@Sendable (ResourceType, KindAvailability) -> Void>({ _, _ in })
        informers = Self.types.map { type in
            Informer(
                type: type,
                api: stage.cluster,
                clock: stage.clock,
                jitter: { 0 },
                keep: { Self.kept($0, of: type) },
                onAvailability: { availability in kinds.withLock { $0 }(type, availability) },
                onEvent: { event in
                    events.withLock { $0 }(type, event)
                    told.withLock { told in
                        switch event {
                        case .added(let object), .updated(_, let object):
                            told[type, default: [:]][object.key] = object.resourceVersion
                        case .deleted(let object): told[type]?[object.key] = nil
                        }
                    }
                }
            )
        }
        let cache = InformedObjects(informers)
        let reads = CachedAPI(fenced(link), cache: cache, clock: stage.clock) { Self.kept($1, of: $0) }
        let controller = stage.controller(
            link,
            api: reads,
            cache: cache,
            settings: .informed(),
            onRound: { report in reports.withLock { $0.append(report) } }
        )
        events.withLock { listener in
            listener = { type, event in controller.take(type, event, isOurs: reads.see(type, event)) }
        }
        kinds.withLock { listener in listener = { type, availability in controller.take(type, availability) } }
        self.link = link
        self.reads = reads
        self.controller = controller
        self.stage = stage
        self.told = told
        self.reports = reports
    }

    /// What the server keeps of an object.
    private static func kept(_ object: JSONValue, of type: ResourceType) -> JSONValue {
        [.configMaps, .secrets].contains(type) ? ReducedConfig.of(object) : object
    }

    /// The rounds so far.
    var rounds: [RoundReport] { reports.withLock { $0 } }

    /// What the loop asked and wrote, without hooks, measurements and news.
    var calls: [String] { link.calls.filter { !$0.hasPrefix("ask ") && !$0.hasPrefix("tell ") } }

    /// Runs the informers, and the loop once they are synced, until the task is cancelled.
    func run(lead: @Sendable (@escaping @Sendable () async -> Void) async -> Void = { await $0() }) async {
        await withDiscardingTaskGroup { [informers, controller] group in
            for informer in informers { group.addTask { await informer.run() } }
            do { for informer in informers { try await informer.waitUntilSynced() } } catch { return }
            await lead { await controller.run() }
            group.cancelAll()
        }
    }

    /// Runs while `body` runs.
    func running(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.run() }
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// Whether the loop has been told of all that is in the cluster, and has nothing to do before the time moves; one
    /// that does not run only listens.
    func isQuiet(isRunning: Bool = true) -> Bool {
        for type in Self.types {
            let there = Dictionary(
                uniqueKeysWithValues: stage.cluster.objects(type).map { ($0.key, $0.resourceVersion) }
            )
            guard told.withLock({ $0[type] ?? [:] }) == there else { return false }
        }
        let figures = controller.figures
        return figures.running == 0 && figures.overdue == 0
            && figures.waiting == (isRunning ? figures.canaries : 0)
    }

    /// Suspends until it is quiet and those sleep who are to: who waits for the next round, and `others`.
    ///
    /// The loop reckons how long it may sleep and then lies down; where the time is moved between the two it sleeps past what
    /// is due by then, and nothing but more time wakes it.
    func quiet(others: Int = 0) async {
        var turns = 0
        while !Task.isCancelled {
            let figures = controller.figures
            let isAsleep = stage.clock.sleeperCount == others + (figures.waiting > 0 ? 1 : 0)
            if isAsleep, isQuiet() { return }
            turns = isAsleep && figures.running == 0 && figures.overdue > 0 ? turns + 1 : 0
            if turns == Self.turnsOfOneAsleep {
                turns = 0
                await stage.clock.advanceToNextSleeper()
            }
            await Task.yield()
        }
    }

    /// After how many turns, far more than waking up takes, one who sleeps though something is due has missed it.
    private static let turnsOfOneAsleep = 2_000

    /// The cluster's own controllers and the loop take turns until neither moves, while the time stands still.
    func settle(others: Int = 0) async {
        var before = ""
        while !Task.isCancelled {
            await quiet(others: others)
            stage.settle()
            let version = stage.cluster.resourceVersion
            if version == before { return await quiet(others: others) }
            before = version
        }
    }

    /// Moves the time on, sleep by sleep, until `isDone`.
    func advance(others: Int = 0, until isDone: () -> Bool) async {
        await settle(others: others)
        while !isDone(), !Task.isCancelled {
            await stage.clock.advanceToNextSleeper()
            await settle(others: others)
        }
    }
}
