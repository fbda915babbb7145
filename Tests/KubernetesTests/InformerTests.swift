import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// An informer of ConfigMaps in an in-memory cluster, and what it told.
private final class Watched: Sendable {
    let clock = ManualClock()
    let cluster: InMemoryCluster
    let informer: Informer
    let calls = Locked<[String]>([])
    private let told: AsyncStream<InformerEvent>
    private let task: Task<Void, Never>

    /// Runs an informer; `failing` answers the error of the n-th call, from 1.
    init(
        _ objects: [JSONValue] = [],
        installed: Bool = true,
        failing: @escaping @Sendable (Int, String) -> KubernetesError? = { _, _ in nil }
    ) {
        let calls = calls
        cluster = InMemoryCluster(clock: clock) { operation throws(KubernetesError) in
            let count = calls.withLock { calls in
                calls.append(operation)
                return calls.count
            }
            if let error = failing(count, operation) { throw error }
        }
        for object in objects { cluster.put(.configMaps, object) }
        cluster.setInstalled(installed, .configMaps)
        let (events, continuation) = AsyncStream<InformerEvent>.makeStream()
        told = events
        informer = Informer(
            type: .configMaps,
            api: cluster,
            clock: clock,
            jitter: { 0 },
            onEvent: { continuation.yield($0) }
        )
        task = Task { [informer] in await informer.run() }
    }

    deinit { task.cancel() }

    /// The next `count` events.
    func next(_ count: Int) async -> [String] {
        var events: [String] = []
        for await event in told.prefix(count) { events.append(event.summary) }
        return events
    }

    /// Suspends until a watch runs.
    func untilWatching() async {
        while cluster.watcherCount == 0, !Task.isCancelled { await Task.yield() }
    }

    func stop() async {
        task.cancel()
        await task.value
    }
}

@Suite(.timeLimit(.minutes(1))) struct InformerTests {
    private static func broken(_ operation: String, code: Int = 0) -> KubernetesError {
        KubernetesError(operation: operation, code: code, reason: "", message: "broken")
    }

    @Test func listsThenWatches() async throws {
        let watched = Watched([configMap("a"), configMap("b")])
        #expect(await watched.next(2) == ["added a 1001", "added b 1002"])
        try await watched.informer.waitUntilSynced()
        #expect(watched.informer.hasSynced)
        watched.cluster.put(.configMaps, configMap("a", "2"))
        watched.cluster.put(.configMaps, configMap("c"))
        watched.cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "b"))
        #expect(await watched.next(3) == ["updated a 1001 to 1003", "added c 1004", "deleted b 1005"])
        #expect(watched.informer.objects.keys.map(\.name).sorted() == ["a", "c"])
        #expect(watched.informer.object(ObjectKey(namespace: "test", name: "a"))?[path: "data", "value"] == "2")
        await watched.stop()
        #expect(watched.calls.withLock { $0 } == ["list configmaps", "watch configmaps"])
    }

    @Test func isNotSyncedBeforeTheFirstList() async throws {
        let watched = Watched { count, operation in count == 1 ? Self.broken(operation, code: 500) : nil }
        await watched.clock.waitForSleepers(count: 1)
        #expect(!watched.informer.hasSynced)
        let waiter = Task { try await watched.informer.waitUntilSynced() }
        #expect(watched.clock.timeToNextSleeper == .milliseconds(400))
        await watched.clock.advanceToNextSleeper()
        try await waiter.value
        #expect(watched.informer.hasSynced)
        await watched.stop()
    }

    @Test func isNotSyncedBeforeTheFirstListIsTold() async throws {
        let clock = ManualClock()
        let cluster = InMemoryCluster(clock: clock)
        for name in ["a", "b"] { cluster.put(.configMaps, configMap(name)) }
        let itself = Locked<Informer?>(nil)
        let seen = Locked<[Bool?]>([])
        let informer = Informer(
            type: .configMaps,
            api: cluster,
            clock: clock,
            onEvent: { _ in
                let hasSynced = itself.withLock { $0 }?.hasSynced
                seen.withLock { $0.append(hasSynced) }
            }
        )
        itself.withLock { $0 = informer }
        let running = Task { await informer.run() }
        try await informer.waitUntilSynced()
        #expect(seen.withLock { $0 } == [false, false])
        running.cancel()
        await running.value
        itself.withLock { $0 = nil }
    }

    @Test func endsAWaitThatIsCancelled() async {
        let clock = ManualClock()
        let informer = Informer(type: .configMaps, api: InMemoryCluster(clock: clock), clock: clock)
        let waiter = Task { try await informer.waitUntilSynced() }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
    }

    @Test func doublesItsWaitUpToHalfAMinute() async {
        let watched = Watched { _, operation in Self.broken(operation) }
        var waits: [Duration] = []
        for _ in 0..<8 {
            await watched.clock.waitForSleepers(count: 1)
            waits.append(watched.clock.timeToNextSleeper ?? .zero)
            await watched.clock.advanceToNextSleeper()
        }
        #expect(waits == [400, 800, 1_600, 3_200, 6_400, 12_800, 15_000, 15_000].map { .milliseconds($0) })
        await watched.stop()
    }

    @Test func dropsManagedFields() async {
        var object = configMap("a")
        object[path: "metadata", "managedFields"] = [["manager": "kubectl"]]
        let watched = Watched([object])
        _ = await watched.next(1)
        #expect(watched.informer.objects.values.allSatisfy { $0[path: "metadata", "managedFields"] == nil })
        #expect(watched.informer.objects.count == 1)
        watched.cluster.modify(.configMaps, object.key) { $0[path: "data", "value"] = "2" }
        _ = await watched.next(1)
        #expect(watched.informer.objects.values.allSatisfy { $0[path: "metadata", "managedFields"] == nil })
        await watched.stop()
    }

    @Test func goesOnFromTheLastVersionWhenTheWatchEnds() async {
        let watched = Watched([configMap("a")])
        _ = await watched.next(1)
        await watched.untilWatching()
        watched.cluster.put(.configMaps, configMap("b"))
        _ = await watched.next(1)
        watched.cluster.endWatches()
        watched.cluster.put(.configMaps, configMap("c"))
        #expect(await watched.next(1) == ["added c 1003"])
        await watched.stop()
        #expect(watched.calls.withLock { $0 } == ["list configmaps", "watch configmaps", "watch configmaps"])
    }

    @Test func goesOnFromABookmark() async {
        let watched = Watched([configMap("a")])
        _ = await watched.next(1)
        await watched.untilWatching()
        watched.cluster.put(.secrets, configMap("other"))
        watched.cluster.sendBookmarks()
        watched.cluster.endWatches()
        watched.cluster.put(.configMaps, configMap("b"))
        #expect(await watched.next(1) == ["added b 1003"])
        await watched.stop()
        #expect(watched.calls.withLock { $0 } == ["list configmaps", "watch configmaps", "watch configmaps"])
    }

    @Test func goesOnWithoutAListWhenTheWatchBreaksOff() async {
        let watched = Watched([configMap("a")])
        _ = await watched.next(1)
        await watched.untilWatching()
        watched.cluster.endWatches(throwing: Self.broken("watch configmaps"))
        await watched.clock.advanceToNextSleeper()
        watched.cluster.put(.configMaps, configMap("b"))
        #expect(await watched.next(1) == ["added b 1002"])
        await watched.stop()
        #expect(watched.calls.withLock { $0 } == ["list configmaps", "watch configmaps", "watch configmaps"])
    }

    @Test(arguments: [(Duration.seconds(35), [400, 400, 400, 400]), (.seconds(4), [400, 800, 1_600, 3_200])])
    func waitsLongerOnlyAfterWatchesThatDidNotLast(_ life: Duration, waits expected: [Int]) async {
        let watched = Watched([configMap("a")])
        _ = await watched.next(1)
        var waits: [Duration] = []
        for _ in expected {
            await watched.untilWatching()
            watched.clock.advance(by: life)
            watched.cluster.endWatches(throwing: Self.broken("watch configmaps"))
            await watched.clock.waitForSleepers(count: 1)
            waits.append(watched.clock.timeToNextSleeper ?? .zero)
            await watched.clock.advanceToNextSleeper()
        }
        #expect(waits == expected.map { .milliseconds($0) })
        await watched.stop()
    }

    @Test func backsOffWithoutAListWhenAWatchIsRefused() async {
        let watched = Watched([configMap("a")]) { count, operation in
            count == 2 ? Self.broken(operation, code: 429) : nil
        }
        _ = await watched.next(1)
        await watched.clock.advanceToNextSleeper()
        await watched.untilWatching()
        await watched.stop()
        #expect(watched.calls.withLock { $0 } == ["list configmaps", "watch configmaps", "watch configmaps"])
    }

    @Test func makesUpForAGapByAList() async throws {
        let watched = Watched([configMap("changed"), configMap("gone"), configMap("kept"), configMap("remade")])
        _ = await watched.next(4)
        await watched.untilWatching()
        watched.clock.advance(by: .seconds(60))
        // The watch is dead but does not know; what happens now is seen by the list alone.
        watched.cluster.detachWatches { cluster in
            cluster.put(.configMaps, configMap("changed", "2"))
            cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "gone"))
            cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "remade"))
            cluster.put(.configMaps, configMap("remade"))
            cluster.put(.configMaps, configMap("new"))
            cluster.forgetHistory()
        }
        let told = await watched.next(5)
        #expect(
            told == [
                "updated changed 1001 to 1005", "added new 1009", "deleted remade 1004", "added remade 1008",
                "deleted gone 1002",
            ]
        )
        #expect(watched.informer.objects.count == 4)
        await watched.untilWatching()
        await watched.stop()
        #expect(
            watched.calls.withLock { $0 } == [
                "list configmaps", "watch configmaps", "watch configmaps", "list configmaps", "watch configmaps",
            ]
        )
    }

    @Test func listsAgainAfterAnErrorEvent() async {
        let watched = Watched([configMap("a")])
        _ = await watched.next(1)
        await watched.untilWatching()
        watched.cluster.endWatches(throwing: Self.broken("watch configmaps", code: 500))
        watched.cluster.put(.configMaps, configMap("b"))
        #expect(await watched.next(1) == ["added b 1002"])
        await watched.stop()
        #expect(watched.calls.withLock { $0 }.prefix(3) == ["list configmaps", "watch configmaps", "list configmaps"])
    }

    @Test func takesAKindThatIsNotInstalledAsEmpty() async throws {
        let watched = Watched([configMap("a")], installed: false)
        try await watched.informer.waitUntilSynced()
        #expect(watched.informer.objects.isEmpty)
        await watched.clock.waitForSleepers(count: 1)
        #expect(watched.clock.timeToNextSleeper == .seconds(30))
        watched.cluster.setInstalled(true, .configMaps)
        await watched.clock.advanceToNextSleeper()
        #expect(await watched.next(1) == ["added a 1001"])
        await watched.stop()
    }

    @Test func forgetsTheObjectsOfAKindThatIsRemoved() async {
        let watched = Watched([configMap("a")])
        _ = await watched.next(1)
        await watched.untilWatching()
        watched.cluster.setInstalled(false, .configMaps)
        watched.cluster.endWatches(throwing: Self.broken("watch configmaps", code: 404))
        #expect(await watched.next(1) == ["deleted a 1001"])
        #expect(watched.informer.objects.isEmpty)
        #expect(watched.informer.hasSynced)
        await watched.stop()
    }

    @Test func backsOffFromAWatchThatEndsAtOnce() async {
        let watched = Watched([configMap("a")])
        _ = await watched.next(1)
        await watched.untilWatching()
        watched.cluster.endWatches()
        await watched.clock.waitForSleepers(count: 1)
        #expect(watched.clock.timeToNextSleeper == .milliseconds(400))
        await watched.stop()
    }

    @Test func rewatchesAtOnceWhenAWatchHadItsTime() async {
        let watched = Watched([configMap("a")])
        _ = await watched.next(1)
        await watched.untilWatching()
        watched.clock.advance(by: .seconds(480))
        watched.cluster.endWatches()
        await watched.untilWatching()
        #expect(watched.clock.sleeperCount == 0)
        await watched.stop()
    }
}
