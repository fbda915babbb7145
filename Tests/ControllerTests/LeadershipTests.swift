import Controller
import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import TestSupport
import Testing

/// Two processes on one cluster, of which one runs the loop.
@Suite(.timeLimit(.minutes(1))) struct LeadershipTests {
    private static let lease = ObjectKey(namespace: "canarygate-system", name: "canarygate")

    /// One process: the loop behind its fence, and its part in the election.
    private final class Replica: Sendable {
        let life: InformedLife
        let elector: LeaderElector
        let fence: FencedAPI
        /// What its calls about the lease meet; nil for an API server that answers.
        let fault: Locked<KubernetesError?>
        private let task: Task<Void, Never>

        init(_ name: String, _ stage: Stage) {
            let fault = Locked<KubernetesError?>(nil)
            let (base, start, clock) = (MonotonicTime.now, stage.clock.now(), stage.clock)
            let settings = LeaderElectionSettings(identity: name)
            let elector = LeaderElector(
                lease: LeadershipTests.lease,
                settings: settings,
                api: LeaseLink(inner: stage.cluster, fault: fault),
                clock: clock,
                now: { base + (clock.now() - start) },
                jitter: { 0 }
            )
            let fences = Locked<[FencedAPI]>([])
            let life = InformedLife(stage) { link in
                let fence = FencedAPI(link, lease: LeadershipTests.lease, patience: settings.margin, clock: clock) {
                    elector.mayWrite
                }
                fences.withLock { $0.append(fence) }
                return fence
            }
            fence = fences.withLock { $0[0] }
            self.life = life
            self.elector = elector
            self.fault = fault
            task = Task {
                await life.run { work in
                    await elector.run {
                        life.reads.doubt(.canaries) { !CanaryRest.isResting($0) }
                        await work()
                    }
                }
            }
        }

        deinit { task.cancel() }

        /// What it wrote.
        var writes: [String] { life.calls.filter { !$0.hasPrefix("get ") && !$0.hasPrefix("list ") } }

        /// As SIGTERM does.
        func stop() async {
            task.cancel()
            await task.value
        }
    }

    private static func holder(_ stage: Stage) -> String? {
        stage.cluster.object(.leases, lease)?[path: "spec", "holderIdentity"]?.string
    }

    /// Moves the time on, sleep by sleep, until `isDone`.
    private static func advance(_ stage: Stage, _ replicas: [Replica], until isDone: () -> Bool) async {
        while !Task.isCancelled {
            await settle(stage, replicas)
            if isDone() { return }
            await stage.clock.advanceToNextSleeper()
        }
    }

    /// The cluster's own controllers and the loop take turns until neither moves.
    private static func settle(_ stage: Stage, _ replicas: [Replica]) async {
        var before = ""
        while !Task.isCancelled {
            // A leader waits for its next round and its next renewal, and guards its deadline; the others wait for their
            // next attempt.
            let leaders = replicas.map(\.elector.figures.isLeader)
            let sleepers = leaders.map { $0 ? 3 : 1 }.reduce(0, +)
            let isQuiet = zip(replicas, leaders).allSatisfy { $0.life.isQuiet(isRunning: $1) }
            guard isQuiet, stage.clock.sleeperCount == sleepers else {
                await Task.yield()
                continue
            }
            stage.settle()
            if stage.cluster.resourceVersion == before { return }
            before = stage.cluster.resourceVersion
        }
    }

    @Test func handsOverInTheMiddleOfARollout() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        let first = Replica("a", stage)
        await Self.advance(stage, [first]) { Self.holder(stage) == "a" }
        let second = Replica("b", stage)
        await Self.advance(stage, [first, second]) { stage.proxy.weights == [50, 50] }
        #expect(second.writes == [] && second.elector.figures.holder == "a")
        let time = stage.clock.now()
        await first.stop()
        #expect(Self.holder(stage) == "" && stage.clock.now() == time)
        let written = first.writes.count
        await Self.advance(stage, [second]) { Self.holder(stage) == "b" }
        #expect(stage.clock.now() <= time + .seconds(2))
        await Self.advance(stage, [second]) { stage.phase == "Succeeded" }
        #expect(first.writes.count == written)
        // It asked about the Canary at its start, as the first one's last write might not have been heard of, and before
        // its two deeds of which nothing is written.
        let question = "get canaries.flagger.app test/podinfo"
        #expect(second.life.calls.filter { $0.hasPrefix("get ") } == [question, question, question])
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.faults.isEmpty)
        await second.stop()
    }

    @Test func writesNothingAfterItsLeaseWasLost() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        let first = Replica("a", stage)
        await Self.advance(stage, [first]) { Self.holder(stage) == "a" }
        let second = Replica("b", stage)
        await Self.advance(stage, [first, second]) { stage.proxy.weights == [50, 50] }
        first.fault.withLock { fault in
            fault = KubernetesError(operation: "lease", code: 503, reason: "", message: "unreachable")
        }
        await Self.advance(stage, [first, second]) { !first.elector.mayWrite }
        let written = first.writes.count
        #expect(second.writes == [])
        // The first one tries to get the lease back; the second one waits until it has run out.
        await Self.advance(stage, [first, second]) { second.elector.mayWrite }
        await Self.advance(stage, [first, second]) { stage.phase == "Succeeded" }
        #expect(first.writes.count == written)
        #expect(first.elector.figures.losses == 1 && second.elector.figures.acquisitions == 1)
        #expect(stage.faults.isEmpty)
        await first.stop()
        await second.stop()
    }

    @Test func aLoopThatGoesOnWithoutTheLeaseWritesAndTellsNothing() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        let life = InformedLife(stage) { link in
            FencedAPI(link, lease: Self.lease, patience: .seconds(5), clock: stage.clock) { false }
        }
        try await life.running {
            await life.settle()
            #expect(life.rounds.count > 0 && life.rounds.allSatisfy { $0.outcome == .failed })
        }
        #expect(life.calls.allSatisfy { $0.hasPrefix("list ") } && stage.outside.told == [])
        #expect(stage.phase == "Initialized")
    }
}

/// A way to the lease that can fail.
private struct LeaseLink: InterceptedAPI {
    let inner: any KubernetesAPI
    let fault: Locked<KubernetesError?>

    func pass<Answer: Sendable>(
        _ call: KubernetesCall,
        _ make: @escaping @Sendable () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer {
        if let error = fault.withLock({ $0 }) { throw error }
        return try await make()
    }
}
