import Controller
import JSON
import Kubernetes
import Rollout
import Sandbox
import TestSupport
import Testing

/// The loop's news as Kubernetes Events.
@Suite(.timeLimit(.minutes(1))) struct EventSinkTests {
    @Test func writesNewsAsEvents() async throws {
        let clock = ManualClock()
        let cluster = InMemoryCluster(clock: clock)
        let sink: any RolloutEventSink = EventRecorder(api: cluster, clock: clock, component: "canarygate")
        let canary = try Examples.canary()
        await sink.tell(.normal(.advanced, "Advance podinfo.test canary weight 10"), about: canary)
        await sink.tell(.warning(.rolledBack, "Canary failed!"), about: canary)
        let told = cluster.objects(.events).map { event in
            ["type", "reason", "message"].map { event[$0]?.string ?? "" }
        }
        #expect(
            told.sorted { $0[0] < $1[0] } == [
                ["Normal", "Advanced", "Advance podinfo.test canary weight 10"],
                ["Warning", "RolledBack", "Canary failed!"],
            ]
        )
        #expect(cluster.objects(.events).allSatisfy { $0[path: "involvedObject", "uid"] == "canary-uid" })
    }
}
