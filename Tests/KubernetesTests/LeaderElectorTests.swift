import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import TestSupport
import Testing

/// Processes that compete for a Lease of a cluster in memory.
@Suite(.timeLimit(.minutes(1))) struct LeaderElectorTests {
    private static let key = ObjectKey(namespace: "canarygate", name: "loop")

    /// One process: its elector and what it does.
    private final class Process: Sendable {
        let elector: LeaderElector
        let log = Locked<[String]>([])
        private let task: Task<Void, Never>
        private let finish = Locked<AsyncStream<Void>.Continuation?>(nil)

        init(_ name: String, _ cluster: any KubernetesAPI, _ clock: ManualClock) {
            let (base, start) = (MonotonicTime.now, clock.now())
            let log = log
            let finish = finish
            elector = LeaderElector(
                lease: LeaderElectorTests.key,
                settings: LeaderElectionSettings(identity: name),
                api: cluster,
                clock: clock,
                now: { base + (clock.now() - start) },
                jitter: { 0 },
                onChange: { isLeader in log.withLock { $0.append(isLeader ? "leads" : "stops") } }
            )
            task = Task { [elector] in
                await elector.run {
                    let (finished, continuation) = AsyncStream<Void>.makeStream()
                    finish.withLock { $0 = continuation }
                    log.withLock { $0.append("begins") }
                    for await _ in finished { break }
                    log.withLock { $0.append("ends") }
                }
            }
        }

        deinit { task.cancel() }

        var story: [String] { log.withLock { $0 } }

        /// Suspends until the story is so long.
        func story(of count: Int) async -> [String] {
            while story.count < count, !Task.isCancelled { await Task.yield() }
            return story
        }

        func endItself() { finish.withLock { $0 }?.finish() }

        func untilEnd() async { await task.value }

        func stop() async {
            task.cancel()
            await task.value
        }
    }

    private let clock = ManualClock()
    private let cluster: InMemoryCluster
    private let calls = Locked<[String]>([])

    init() {
        let calls = calls
        cluster = InMemoryCluster(clock: clock) { operation throws(KubernetesError) in
            calls.withLock { $0.append(operation) }
        }
    }

    private var spec: JSONValue? { cluster.object(.leases, Self.key)?["spec"] }

    @Test func leadsRenewsAndHandsOver() async throws {
        let process = Process("a", cluster, clock)
        #expect(await process.story(of: 2) == ["leads", "begins"])
        #expect(process.elector.mayWrite)
        #expect(spec?["holderIdentity"] == "a")
        // The next renewal, and the deadline.
        await clock.waitForSleepers(count: 2)
        await clock.advanceToNextSleeper()
        await clock.waitForSleepers(count: 2)
        #expect(spec?["renewTime"] == "2026-11-25T04:00:02.000000Z")
        #expect(spec?["acquireTime"] == "2026-11-25T04:00:00.000000Z")
        await process.stop()
        #expect(process.story == ["leads", "begins", "ends", "stops"])
        #expect(spec?["holderIdentity"] == "")
        #expect(spec?["leaseDurationSeconds"] == 1)
        #expect(!process.elector.mayWrite)
        let (get, update) = (
            "get leases.coordination.k8s.io canarygate/loop", "update leases.coordination.k8s.io canarygate/loop"
        )
        let create = "create leases.coordination.k8s.io canarygate/loop"
        #expect(calls.withLock { $0 } == [get, create, update, update])
        let figures = process.elector.figures
        #expect(!figures.isLeader && figures.acquisitions == 1 && figures.losses == 0 && figures.failures == 0)
        #expect(figures.renewals == 1)
    }

    @Test func followsWhoHandsOver() async throws {
        let first = Process("a", cluster, clock)
        _ = await first.story(of: 2)
        let second = Process("b", cluster, clock)
        await clock.waitForSleepers(count: 3)
        #expect(second.story.isEmpty && second.elector.figures.holder == "a")
        #expect(!second.elector.mayWrite)
        await first.stop()
        await clock.waitForSleepers(count: 1)
        await clock.advanceToNextSleeper()
        #expect(await second.story(of: 2) == ["leads", "begins"])
        #expect(spec?["holderIdentity"] == "b")
        #expect(spec?["leaseTransitions"] == 1)
        #expect(second.elector.figures.transitions == 1)
        await second.stop()
    }

    @Test func followsWhoDied() async throws {
        // Written by client-go, whose process is no more.
        let lease: JSONValue = [
            "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": ["name": "loop", "namespace": "canarygate", "labels": ["kept": "yes"]],
            "spec": [
                "holderIdentity": "other", "leaseDurationSeconds": 15, "leaseTransitions": 2,
                "acquireTime": "2026-11-25T03:00:00.000000Z", "renewTime": "2026-11-25T03:59:58.000000Z",
            ],
        ]
        cluster.put(.leases, lease)
        let process = Process("a", cluster, clock)
        // Seven attempts in 14 s, and one more after the lease has ended.
        for _ in 0..<8 {
            await clock.waitForSleepers(count: 1)
            #expect(process.story.isEmpty)
            await clock.advanceToNextSleeper()
        }
        #expect(await process.story(of: 2) == ["leads", "begins"])
        #expect(clock.now() == Timestamp(seconds: 1_795_579_216))
        #expect(spec?["leaseTransitions"] == 3)
        #expect(cluster.object(.leases, Self.key)?.label("kept") == "yes")
        await process.stop()
    }

    @Test func oneOfTwoTakesAFreeLease() async throws {
        let processes = ["a", "b"].map { Process($0, cluster, clock) }
        // The leader's renewal and deadline, and the other one's next attempt.
        await clock.waitForSleepers(count: 3)
        #expect(processes.filter { $0.elector.mayWrite }.count == 1)
        #expect(processes.map { $0.elector.figures.failures } == [0, 0])
        for process in processes { await process.stop() }
    }

    @Test func stopsWhenItCannotRenew() async throws {
        let process = Process("a", cluster, clock)
        _ = await process.story(of: 2)
        cluster.onCall { operation throws(KubernetesError) in
            throw KubernetesError(operation: operation, code: 0, reason: "", message: "connection refused")
        }
        await clock.waitForSleepers(count: 2)
        for _ in 0..<4 {
            await clock.advanceToNextSleeper()
            await clock.waitForSleepers(count: 2)
        }
        #expect(process.elector.mayWrite)
        await clock.advanceToNextSleeper()
        #expect(await process.story(of: 4) == ["leads", "begins", "ends", "stops"])
        #expect(!process.elector.mayWrite)
        let figures = process.elector.figures
        #expect(figures.losses == 1 && figures.failures >= 5 && !figures.isLeader)
        // It comes back when the server does.
        cluster.onCall { _ in }
        await clock.advanceToNextSleeper()
        #expect(await process.story(of: 6).suffix(2) == ["leads", "begins"])
        #expect(spec?["leaseTransitions"] == 0)
        await process.stop()
    }

    @Test func stopsWhileARenewalHangs() async throws {
        let process = Process("a", cluster, clock)
        _ = await process.story(of: 2)
        await clock.waitForSleepers(count: 2)
        cluster.onCall { operation throws(KubernetesError) in
            let (never, continuation) = AsyncStream<Void>.makeStream()
            for await _ in never {}
            continuation.finish()
            throw KubernetesError(operation: operation, code: 0, reason: "", message: "cancelled")
        }
        await clock.advanceToNextSleeper()
        // Only the deadline sleeps now.
        await clock.advanceToNextSleeper()
        #expect(await process.story(of: 4) == ["leads", "begins", "ends", "stops"])
        #expect(clock.now() == Timestamp(seconds: 1_795_579_210))
        cluster.onCall { _ in }
        await process.stop()
    }

    @Test func stopsWhenTheLeaseIsTaken() async throws {
        let process = Process("a", cluster, clock)
        _ = await process.story(of: 2)
        await clock.waitForSleepers(count: 2)
        cluster.modify(.leases, Self.key) { $0[path: "spec", "holderIdentity"] = "b" }
        await clock.advanceToNextSleeper()
        #expect(await process.story(of: 4) == ["leads", "begins", "ends", "stops"])
        #expect(process.elector.figures.holder == "b")
        await process.stop()
        // What is another one's is not handed over.
        #expect(spec?["holderIdentity"] == "b")
    }

    @Test func endsWhenItsWorkEnds() async throws {
        let process = Process("a", cluster, clock)
        _ = await process.story(of: 2)
        process.endItself()
        await process.untilEnd()
        #expect(process.story == ["leads", "begins", "ends", "stops"])
        #expect(spec?["holderIdentity"] == "")
    }

    @Test func handsOverAlsoAfterAnAnswerWasLost() async throws {
        let process = Process("a", cluster, clock)
        _ = await process.story(of: 2)
        // As if a renewal had arrived, and its answer had not.
        cluster.modify(.leases, Self.key) { $0[path: "spec", "renewTime"] = "2026-11-25T04:00:01.000000Z" }
        await process.stop()
        #expect(spec?["holderIdentity"] == "")
    }
}
