import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// Others who write between a read and a write of the loop.
@Suite(.timeLimit(.minutes(1))) struct ConflictTests {
    /// Does `action` just before the first call that begins with `operation`.
    private static func once(_ stage: Stage, before operation: String, _ action: @escaping @Sendable (Stage) -> Void) {
        let isDone = Locked(false)
        stage.cluster.onCall { [weak stage] (call: String) async throws(KubernetesError) in
            guard call.hasPrefix(operation), let stage else { return }
            let isFirst = isDone.withLock { isDone in
                defer { isDone = true }
                return !isDone
            }
            if isFirst { action(stage) }
        }
    }

    @Test func readsTheRouteAgain() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        Self.once(stage, before: "patch httpproxies") { stage in
            stage.cluster.modify(.httpProxies, test) { $0[path: "metadata", "labels", "team"] = "web" }
        }
        let life = stage.life()
        try await stage.run(life) { $0.proxy.weights == [50, 50] }
        #expect(stage.proxy.label("team") == "web")
        #expect(life.link.calls.count { $0.hasPrefix("patch httpproxies") } == 2)
        #expect(stage.outside.messages.count { $0 == "Advance podinfo.test canary weight 50" } == 1)
        #expect(stage.outside.told.allSatisfy { !$0.isWarning })
        #expect(stage.faults.isEmpty)
    }

    @Test func readsTheTargetAgainBeforeItOpensTheGate() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        Self.once(stage, before: "patch deployments.apps test/podinfo") { stage in
            do { try stage.setImage("3.1.2") } catch { Issue.record(error) }
        }
        let life = stage.life()
        let news = "New revision detected! Restarting analysis for podinfo.test"
        try await stage.run(life) { $0.outside.messages.contains(news) }
        #expect(stage.target[path: "spec", "paused"] == true)
        #expect(stage.world.withLock { $0.pods[Stage.key]?.count } == 0)
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.faults.isEmpty)
    }

    @Test func copiesWhatWasAnalysedThoughTheTargetChangesMeanwhile() async throws {
        let stage = try await Stage.analysing(weight: 50, canary: Examples.shortCanary())
        Self.once(stage, before: "update deployments.apps test/podinfo-primary") { stage in
            do { try stage.setImage("3.1.2") } catch { Issue.record(error) }
        }
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.faults.isEmpty)
    }

    @Test func keepsTheReplicasThatAnAutoscalerSetMeanwhile() async throws {
        let stage = try await Stage.analysing(weight: 50, canary: Examples.shortCanary())
        Self.once(stage, before: "update deployments.apps test/podinfo-primary") { stage in
            stage.cluster.modify(.deployments, Stage.primaryKey) { $0[path: "spec", "replicas"] = 4 }
        }
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.primary.replicas == 4)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
    }

    @Test func countsAFailedCheckOnceThoughTheStatusIsWrittenByAnother() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.outside.answers["request-success-rate"] = .value(1)
        Self.once(stage, before: "patch canaries.flagger.app/status") { stage in
            stage.cluster.modify(.canaries, test) { $0[path: "status", "trackedConfigs"] = ["configmap/a": "1"] }
        }
        let life = stage.life()
        stage.clock.advance(by: .seconds(30))
        await stage.round(life)
        #expect(stage.failedChecks == 0)
        #expect(stage.outside.told.isEmpty)
        await stage.round(life)
        #expect(stage.failedChecks == 1)
        #expect(stage.canary[path: "status", "trackedConfigs", "configmap/a"] == "1")
        try await stage.run(life, until: .failed)
        #expect(stage.canary[path: "status", "trackedConfigs", "configmap/a"] == "1")
        #expect(stage.faults.isEmpty)
    }

    @Test func keepsConditionsOfOthers() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let condition: JSONValue = ["type": "Reviewed", "status": "True"]
        stage.cluster.modify(.canaries, test) { canary in
            let conditions = canary[path: "status", "conditions"]?.array ?? []
            canary[path: "status", "conditions"] = .array([condition] + conditions)
        }
        try stage.setImage("3.1.1")
        try await stage.run(stage.life(), until: .succeeded)
        let conditions = stage.canary[path: "status", "conditions"]?.array ?? []
        #expect(conditions.contains(condition))
        let types = conditions.compactMap { $0["type"]?.string }
        #expect(types == ["Reviewed", "Promoted", "Ready", "Reconciling", "Stalled"])
    }

    @Test(arguments: CrashStory.all(.weights).filter { $0.outcome != .deleted })
    func twoLoopsByMistakeDoNoHarm(story: CrashStory) async throws {
        let stage = try await story.stage()
        let other = stage.life()
        let isNested = Locked(false)
        // Before each write of the one, the other goes through a whole round.
        stage.cluster.onCall { (call: String) async throws(KubernetesError) in
            guard !call.hasPrefix("get "), !isNested.withLock({ $0 }) else { return }
            isNested.withLock { $0 = true }
            _ = await other.controller.reconcile(test)
            isNested.withLock { $0 = false }
        }
        try await stage.run(stage.life()) { story.isOver($0) }
        #expect(stage.target.replicas == 0)
        #expect(stage.proxy.weights == [100, 0])
        #expect(stage.faults.isEmpty)
    }

    /// A 422 may say that the route has changed since it was read, or that it will never be taken.
    @Test func tellsOfARefusalThatDoesNotGoAway() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.onCall { (call: String) async throws(KubernetesError) in
            guard call.hasPrefix("patch httpproxies") else { return }
            throw KubernetesError(operation: call, code: 422, reason: "Invalid", message: "no such field")
        }
        let life = stage.life()
        stage.clock.advance(by: .seconds(30))
        for _ in 0..<5 { #expect(await stage.round(life) == .again) }
        #expect(stage.outside.messages.allSatisfy { !$0.contains("no such field") })
        #expect(await stage.round(life) != .again)
        for _ in 0..<2 { await stage.round(life) }
        #expect(stage.outside.messages.last?.hasSuffix("no such field (422 Invalid)") == true)
        let stalled = stage.canary[path: "status", "conditions"]?.array?.last
        #expect(stalled?["type"] == "Stalled" && stalled?["status"] == "True")
        #expect(stage.proxy.weights == [75, 25])
        stage.cluster.onCall { _ in }
        await stage.round(life)
        #expect(stage.proxy.weights == [50, 50])
        #expect(stage.canary[path: "status", "conditions"]?.array?.last?["status"] == "False")
        try await stage.run(life, until: .succeeded)
        #expect(stage.faults.isEmpty)
    }

    @Test func tellsOfAnErrorOnce() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.onCall { (call: String) async throws(KubernetesError) in
            guard call.hasPrefix("get services") else { return }
            throw KubernetesError(operation: call, code: 500, reason: "InternalError", message: "out of order")
        }
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(
            stage.outside.messages == ["get services test/podinfo-primary: out of order (500 InternalError)"]
        )
        stage.cluster.onCall { _ in }
        try await stage.run(life, until: .succeeded)
    }
}
