import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// Events while the server takes none.
@Suite(.timeLimit(.minutes(1))) struct EventDeliveryTests {
    private let clock = ManualClock()
    private let cluster: InMemoryCluster
    private let recorder: EventRecorder
    private let canary: JSONValue = [
        "apiVersion": "flagger.app/v1beta1", "kind": "Canary",
        "metadata": ["name": "podinfo", "namespace": "test", "uid": "u1"],
    ]

    init() {
        cluster = InMemoryCluster(clock: clock)
        recorder = EventRecorder(api: cluster, clock: clock, component: "canarygate", jitter: { 0 })
    }

    private func record(_ messages: String...) async {
        for message in messages {
            await recorder.record(.normal, reason: "Synced", message: message, about: canary)
        }
    }

    private func refuse(_ code: Int) {
        cluster.onCall { operation throws(KubernetesError) in
            throw KubernetesError(operation: operation, code: code, reason: "", message: "not now")
        }
    }

    /// The messages in the cluster with their counts.
    private var told: [String] {
        cluster.objects(.events).map { "\($0["message"]?.string ?? "") \($0["count"]?.int ?? 0)" }.sorted()
    }

    @Test(arguments: [0, 429, 500, 503])
    func losesNothingWhileTheServerIsAway(code: Int) async {
        refuse(code)
        await record("a", "b", "a", "c")
        #expect(told.isEmpty)
        #expect(recorder.statistics.queued == 3 && recorder.statistics.dropped == 0)
        cluster.onCall { _ in }
        clock.advance(by: .seconds(5))
        await record("a")
        #expect(told == ["a 3", "b 1", "c 1"])
        #expect(recorder.statistics == statistics(written: 3))
        let first = cluster.objects(.events).first { $0["message"] == "a" }
        #expect(first?["firstTimestamp"] == "2026-11-25T04:00:00Z")
        #expect(first?["lastTimestamp"] == "2026-11-25T04:00:05Z")
    }

    private func statistics(written: Int) -> EventStatistics {
        var statistics = recorder.statistics
        statistics.written = written
        statistics.dropped = 0
        statistics.queued = 0
        return statistics
    }

    @Test(arguments: [400, 403, 404, 422])
    func dropsWhatIsRefused(code: Int) async {
        refuse(code)
        await record("a", "b")
        #expect(recorder.statistics.dropped == 2 && recorder.statistics.queued == 0)
    }

    @Test func triesAgainWithABackOff() async {
        refuse(500)
        let running = Task { await recorder.run() }
        await record("a")
        for wait in [400, 800, 1_600] {
            await clock.waitForSleepers(count: 1)
            #expect(clock.timeToNextSleeper == .milliseconds(wait))
            await clock.advanceToNextSleeper()
        }
        await clock.waitForSleepers(count: 1)
        cluster.onCall { _ in }
        await record("b")
        #expect(told.isEmpty)
        await clock.advanceToNextSleeper()
        while recorder.statistics.written < 2 { await Task.yield() }
        #expect(told == ["a 1", "b 1"])
        running.cancel()
        await running.value
    }

    @Test func triesOnceMoreBeforeItEnds() async {
        refuse(500)
        let running = Task { await recorder.run() }
        await record("a")
        await clock.waitForSleepers(count: 1)
        cluster.onCall { _ in }
        running.cancel()
        await running.value
        #expect(told == ["a 1"])
    }

    @Test func makesNoEventTwiceWhoseAnswerWasLost() async {
        let isFirst = Locked(true)
        let lossy = LossyAPI(inner: cluster) { operation in
            operation.hasPrefix("create")
                && isFirst.withLock { first in
                    defer { first = false }
                    return first
                }
        }
        let recorder = EventRecorder(api: lossy, clock: clock, component: "canarygate")
        await recorder.record(.normal, reason: "Synced", message: "a", about: canary)
        #expect(told == ["a 1"])
        #expect(recorder.statistics.queued == 1)
        await recorder.record(.normal, reason: "Synced", message: "b", about: canary)
        #expect(told == ["a 1", "b 1"])
        #expect(recorder.statistics.queued == 0)
    }

    @Test func countsWhatFoundNoRoom() async {
        refuse(503)
        for number in 0..<1_003 {
            var other = canary
            other[path: "metadata", "uid"] = .string("u\(number)")
            await recorder.record(.normal, reason: "Synced", message: "a", about: other)
        }
        #expect(recorder.statistics.queued == 1_000 && recorder.statistics.dropped == 3)
        cluster.onCall { _ in }
        await record("b")
        #expect(cluster.objects(.events).count == 1_000)
        #expect(recorder.statistics.dropped == 4)
    }

    @Test func givesUpAfterAnHour() async {
        refuse(503)
        await record("a")
        clock.advance(by: .seconds(3_601))
        cluster.onCall { _ in }
        await record("b")
        #expect(told == ["b 1"])
        #expect(recorder.statistics.dropped == 1)
    }
}
