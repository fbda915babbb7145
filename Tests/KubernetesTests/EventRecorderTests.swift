import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventRecorderTests {
    private let clock = ManualClock()
    private let cluster: InMemoryCluster
    private let recorder: EventRecorder
    private let canary: JSONValue = [
        "apiVersion": "flagger.app/v1beta1", "kind": "Canary",
        "metadata": ["name": "podinfo", "namespace": "test", "uid": "u1", "resourceVersion": "7"],
        "spec": ["service": ["port": 80]],
    ]

    init() {
        cluster = InMemoryCluster(clock: clock)
        recorder = EventRecorder(api: cluster, clock: clock, component: "canarygate")
    }

    @Test func writesAnEventAboutAnObject() async throws {
        await recorder.record(.warning, reason: "Synced", message: "halt podinfo.test advancement", about: canary)
        var event = try #require(cluster.objects(.events).first)
        #expect(event.name == "podinfo.18eb2dc4de148000")
        event["metadata"] = nil
        #expect(
            event == [
                "apiVersion": "v1", "kind": "Event",
                "involvedObject": [
                    "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "namespace": "test",
                    "uid": "u1", "resourceVersion": "7",
                ],
                "reason": "Synced", "message": "halt podinfo.test advancement", "type": "Warning",
                "source": ["component": "canarygate"], "reportingComponent": "canarygate", "reportingInstance": "",
                "firstTimestamp": "2026-11-25T04:00:00Z", "lastTimestamp": "2026-11-25T04:00:00Z", "count": 1,
            ]
        )
    }

    @Test func countsUpARepeatedMessage() async throws {
        await recorder.record(.normal, reason: "Synced", message: "waiting", about: canary)
        clock.advance(by: .seconds(600))
        var changed = canary
        changed[path: "metadata", "resourceVersion"] = "8"
        await recorder.record(.normal, reason: "Synced", message: "waiting", about: changed)
        let events = cluster.objects(.events)
        #expect(events.count == 1)
        #expect(events[0]["count"] == 2)
        #expect(events[0]["firstTimestamp"] == "2026-11-25T04:00:00Z")
        #expect(events[0]["lastTimestamp"] == "2026-11-25T04:10:00Z")
    }

    @Test func writesAnewAfterTenMinutes() async {
        await recorder.record(.normal, reason: "Synced", message: "waiting", about: canary)
        clock.advance(by: .seconds(601))
        await recorder.record(.normal, reason: "Synced", message: "waiting", about: canary)
        #expect(cluster.objects(.events).map { $0["count"] } == [1, 1])
    }

    @Test func keepsDifferentMessagesApart() async {
        var other = canary
        other[path: "metadata", "uid"] = "u2"
        await recorder.record(.normal, reason: "Synced", message: "a", about: canary)
        await recorder.record(.normal, reason: "Synced", message: "b", about: canary)
        await recorder.record(.warning, reason: "Synced", message: "a", about: canary)
        await recorder.record(.normal, reason: "Other", message: "a", about: canary)
        await recorder.record(.normal, reason: "Synced", message: "a", about: other)
        #expect(cluster.objects(.events).map { $0["count"] } == [1, 1, 1, 1, 1])
    }

    @Test func writesAnewWhatTheServerForgot() async throws {
        await recorder.record(.normal, reason: "Synced", message: "a", about: canary)
        let first = try #require(cluster.objects(.events).first)
        cluster.remove(.events, first.key)
        await recorder.record(.normal, reason: "Synced", message: "a", about: canary)
        await recorder.record(.normal, reason: "Synced", message: "a", about: canary)
        #expect(cluster.objects(.events).map { $0["count"] } == [2])
    }

    @Test func findsAnotherNameWhereOneIsTaken() async {
        await recorder.record(.normal, reason: "Synced", message: "a", about: canary)
        let restarted = EventRecorder(api: cluster, clock: clock, component: "canarygate")
        await restarted.record(.normal, reason: "Synced", message: "b", about: canary)
        #expect(cluster.objects(.events).map { $0["message"] } == ["a", "b"])
    }

    @Test func putsTheEventsOfAClusterScopedObjectInDefault() async {
        let namespace: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "test"]]
        await recorder.record(.normal, reason: "Synced", message: "a", about: namespace)
        #expect(cluster.objects(.events).map(\.namespace) == ["default"])
    }

    @Test(arguments: ["x", "é", "👩\u{200d}🚒"])
    func cutsALongMessage(character: String) async throws {
        let message = "m" + String(repeating: character, count: 1_200)
        await recorder.record(.normal, reason: "Synced", message: message, about: canary)
        let written = try #require(cluster.objects(.events).first?["message"]?.string)
        #expect(written.utf8.count <= 1_024 && written.utf8.count > 1_024 - 12)
        #expect(written.hasSuffix(character + "…"))
        #expect(message.hasPrefix(written.dropLast()))
    }

    @Test func countsUpMessagesThatAreTheSameAfterTheCut() async throws {
        let message = String(repeating: "x", count: 1_200)
        await recorder.record(.normal, reason: "Synced", message: message + "1", about: canary)
        await recorder.record(.normal, reason: "Synced", message: message + "2", about: canary)
        #expect(cluster.objects(.events).map { $0["count"] } == [2])
    }

    @Test func combinesWhatIsTooMuch() async throws {
        for number in 1...40 {
            await recorder.record(.normal, reason: "Advanced", message: "step \(number)", about: canary)
        }
        // 25 of their own and one for the rest, whose count is written a minute later.
        let combined = "(combined from similar events): step "
        #expect(cluster.objects(.events).count == 26)
        #expect(cluster.objects(.events).last?["message"] == .string(combined + "26"))
        await recorder.record(.warning, reason: "RolledBack", message: "the end", about: canary)
        #expect(cluster.objects(.events).count == 27)
        clock.advance(by: .seconds(59))
        await recorder.record(.normal, reason: "Advanced", message: "step 41", about: canary)
        #expect(cluster.objects(.events).count == 27)
        clock.advance(by: .seconds(1))
        // One is paid for again; the one after it is combined with those before.
        await recorder.record(.normal, reason: "Advanced", message: "step 42", about: canary)
        await recorder.record(.normal, reason: "Advanced", message: "step 43", about: canary)
        let messages = cluster.objects(.events).compactMap { $0["message"]?.string }
        #expect(messages.contains("step 42") && messages.contains(combined + "43"))
        #expect(messages.count == 28)
        let last = cluster.objects(.events).first { $0["message"]?.string == combined + "43" }
        #expect(last?["count"] == 17)
        #expect(last?["lastTimestamp"] == "2026-11-25T04:01:00Z")
        #expect(recorder.statistics.heldBack == 15)
    }

    @Test func tellsEveryStepOfALongRollout() async throws {
        for number in 1...200 {
            await recorder.record(.normal, reason: "Advanced", message: "step \(number)", about: canary)
            clock.advance(by: .seconds(60))
        }
        #expect(cluster.objects(.events).count == 200)
    }

    @Test func countsWhatItHeldBack() async throws {
        for _ in 1...40 { await recorder.record(.normal, reason: "Halted", message: "no", about: canary) }
        #expect(cluster.objects(.events).map { $0["count"] } == [25])
        clock.advance(by: .seconds(60))
        await recorder.record(.normal, reason: "Halted", message: "no", about: canary)
        #expect(cluster.objects(.events).map { $0["count"] } == [41])
    }

    @Test func dropsAnEventThatCannotBeWritten() async {
        cluster.onCall { operation throws(KubernetesError) in
            throw KubernetesError(operation: operation, code: 403, reason: "Forbidden", message: "no")
        }
        await recorder.record(.normal, reason: "Synced", message: "a", about: canary)
        #expect(cluster.objects(.events).isEmpty)
    }
}
