import Admission
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing
import canarygate

/// What follows from a broken glass after the answer: who may is looked up, and it is counted and told.
@Suite(.timeLimit(.minutes(1))) struct BrokenGlassTests {
    private let now = Timestamp(seconds: 1_795_579_509)
    private let ada = AccessQuestion(username: "ada", groups: ["web"], namespace: "test")

    private let use = BrokenGlass(
        resource: "deployments",
        title: "deployment/podinfo-primary",
        namespace: "test",
        canary: "podinfo",
        username: "ada",
        reason: "incident 7"
    )

    /// Runs `body` until `isDone`, which looks after each step of the others.
    private func run(_ body: @escaping @Sendable () async -> Void, until isDone: () -> Bool) async {
        let task = Task { await body() }
        while !isDone() { await Task.yield() }
        task.cancel()
        await task.value
    }

    @Test(arguments: [true, false]) func looksUpWhoMay(isAllowed: Bool) async {
        let api = AnsweringAPI { _ in ["status": ["allowed": .bool(isAllowed)]] }
        let store = ClusterViewStore()
        let reviewer = AccessReviewer(api: api, store: store, clock: ManualClock(start: now))
        reviewer.ask(ada)
        reviewer.ask(ada)
        await run({ await reviewer.run() }, until: { store.current.access.isAllowed(ada, at: now) != nil })
        #expect(store.current.access.isAllowed(ada, at: now) == isAllowed)
        let created = api.created.withLock { $0 }
        #expect(created.map(\.path) == ["/apis/authorization.k8s.io/v1/subjectaccessreviews"])
        #expect(
            created.first?.object["spec"] == [
                "user": "ada", "groups": ["web"],
                "resourceAttributes": [
                    "group": "canarygate.dev", "resource": "breakglass", "verb": "use", "namespace": "test",
                ],
            ]
        )
    }

    @Test func asksAgainWhereItGotNoAnswer() async {
        let api = AnsweringAPI { _ in nil }
        let store = ClusterViewStore()
        let reviewer = AccessReviewer(api: api, store: store, clock: ManualClock(start: now))
        reviewer.ask(ada)
        reviewer.ask(ada)
        await run({ await reviewer.run() }, until: { api.created.withLock { $0.count } == 2 })
        #expect(store.current.access.isAllowed(ada, at: now) == nil)
    }

    @Test func asksNothingThatItKnows() async {
        let api = AnsweringAPI { _ in ["status": ["allowed": true]] }
        let store = ClusterViewStore()
        store.record(ada, isAllowed: false, at: now + AccessTable.lifetime / -2)
        let reviewer = AccessReviewer(api: api, store: store, clock: ManualClock(start: now))
        let eve = AccessQuestion(username: "eve", groups: [], namespace: "test")
        for question in [ada, AccessQuestion(username: "root", groups: ["system:masters"], namespace: "test"), eve] {
            reviewer.ask(question)
        }
        await run({ await reviewer.run() }, until: { store.current.access.isAllowed(eve, at: now) != nil })
        #expect(api.created.withLock { $0.map { $0.object[path: "spec", "user"] } } == ["eve"])
    }

    @Test func tellsTheCanary() async {
        let api = AnsweringAPI { $0 }
        let store = ClusterViewStore()
        store.replace(.canaries, with: [["metadata": ["name": "podinfo", "namespace": "test", "uid": "u-1"]]])
        let reporter = GlassReporter(
            events: EventRecorder(api: api, clock: ManualClock(start: now), component: "canarygate"),
            store: store
        )
        reporter.report(use)
        await run({ await reporter.run() }, until: { api.created.withLock { !$0.isEmpty } })
        let event = api.created.withLock { $0.first?.object }
        #expect(event?["reason"] == "BreakGlass")
        #expect(event?["type"] == "Warning")
        #expect(event?["message"] == "ada broke the glass on deployment/podinfo-primary: incident 7")
    }

    @Test func countsByKind() {
        let metrics = ServerMetrics()
        for resource in ["deployments", "deployments", "lemons"] {
            metrics.record(
                AdmissionObservation(
                    path: "/validate/owned",
                    operation: .update,
                    kind: "Deployment",
                    namespace: "test",
                    name: "podinfo-primary",
                    user: "ada",
                    uid: "u-1",
                    isAllowed: true,
                    findings: [],
                    audited: [],
                    brokenGlass: BrokenGlass(
                        resource: resource,
                        title: "deployment/podinfo-primary",
                        namespace: "test",
                        canary: "podinfo",
                        username: "ada",
                        reason: "incident 7"
                    ),
                    patchOperations: 0,
                    duration: .milliseconds(1),
                    fault: nil
                )
            )
        }
        let lines = metrics.exposition(of: ClusterView()).split(separator: "\n")
            .filter { $0.hasPrefix("canarygate_break_glass_total") }
        #expect(
            lines == [
                "canarygate_break_glass_total{resource=\"deployments\"} 2",
                "canarygate_break_glass_total{resource=\"other\"} 1",
            ]
        )
    }
}
