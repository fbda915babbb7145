import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// Canaries that are suspended, wrong, or on their way out.
@Suite(.timeLimit(.minutes(1))) struct HandsOffTests {
    @Test func changesNothingWhileSuspended() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.modify(.canaries, test) { $0[path: "spec", "suspend"] = true }
        try stage.setImage("3.1.2")
        let life = stage.life()
        for _ in 0..<4 {
            stage.clock.advance(by: .seconds(60))
            await stage.round(life)
        }
        // It says so in the status, once.
        let writes = life.link.calls.filter { !$0.isRead && !$0.hasPrefix("tell ") }
        #expect(writes == ["patch canaries.flagger.app/status test/podinfo"])
        #expect(stage.outside.messages == ["skipping canary run as object is suspended"])
        #expect(stage.proxy.weights == [75, 25])
        stage.cluster.modify(.canaries, test) { $0[path: "spec", "suspend"] = false }
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.faults.isEmpty)
    }

    @Test func leavesATargetPausedThatItsTeamHasPaused() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        stage.outside.forget()
        stage.cluster.modify(.deployments, Stage.key) { $0[path: "spec", "paused"] = true }
        for _ in 0..<3 { await stage.round(life) }
        #expect(stage.target[path: "spec", "paused"] == true)
        #expect(stage.outside.messages.isEmpty)
    }

    @Test func saysInTheStatusWhatKeepsFailing() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        stage.cluster.modify(.deployments, test) { target in
            target[path: "spec", "selector", "matchLabels"] = ["run": "podinfo"]
        }
        let life = stage.life()
        for _ in 0..<2 { await stage.round(life) }
        #expect(stage.canary[path: "status", "conditions"]?.array?.last?["status"] == "False")
        for _ in 0..<3 { await stage.round(life) }
        let stalled = stage.canary[path: "status", "conditions"]?.array?.last
        #expect(stalled?["type"] == "Stalled" && stalled?["status"] == "True")
        #expect(stalled?["message"]?.string?.contains("spec.selector.matchLabels must contain one of") == true)
    }

    @Test func saysWhichFieldItCannotRead() async throws {
        let stage = try await Stage.initialised()
        stage.cluster.modify(.canaries, test) { $0[path: "spec", "analysis", "stepWeight"] = "five" }
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(stage.outside.told.map(\.reason) == [.blocked])
        #expect(stage.outside.messages.first?.contains("spec.analysis.stepWeight") == true)
        #expect(life.link.calls.allSatisfy { $0.isRead || $0.hasPrefix("tell ") })
    }

    @Test func saysThatTheSelectorHasNoLabelToGoBy() async throws {
        let stage = try Stage()
        stage.cluster.modify(.deployments, test) { target in
            target[path: "spec", "selector", "matchLabels"] = ["run": "podinfo"]
            target[path: "spec", "template", "metadata", "labels"] = ["run": "podinfo"]
        }
        await stage.round(stage.life())
        #expect(
            stage.outside.messages == [
                "observe deployment podinfo.test: spec.selector.matchLabels must contain one of "
                    + "[app name app.kubernetes.io/name]"
            ]
        )
        #expect(stage.cluster.object(.deployments, Stage.primaryKey) == nil)
    }

    @Test func isDoneWithACanaryThatIsGone() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.remove(.canaries, test)
        let life = stage.life()
        #expect(await stage.round(life) == .gone)
        #expect(life.link.calls == ["get canaries.flagger.app test/podinfo"])
    }

    @Test(arguments: ["patch canaries", "patch httpproxies"])
    func makesNothingAgainWhenTheCanaryGoesMeanwhile(call: String) async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.onCall { [cluster = stage.cluster] operation in
            if operation.hasPrefix(call) { cluster.remove(.canaries, test) }
        }
        stage.clock.advance(by: .seconds(30))
        let life = stage.life()
        await stage.round(life)
        #expect(await stage.round(life) == .gone)
        #expect(stage.cluster.object(.httpProxies, test) == nil)
        #expect(stage.cluster.objects(.services).isEmpty)
        #expect(stage.cluster.object(.deployments, Stage.primaryKey) == nil)
        #expect(life.link.calls.allSatisfy { !$0.hasPrefix("create ") })
    }

    @Test func changesNothingOfACanaryThatIsBeingDeleted() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.modify(.canaries, test) { $0[path: "metadata", "finalizers"] = ["example.com/audit"] }
        try await stage.cluster.delete(.canaries, test)
        let life = stage.life()
        stage.clock.advance(by: .seconds(30))
        await stage.round(life)
        #expect(life.link.calls.allSatisfy { $0.isRead })
        #expect(stage.outside.told.isEmpty)
    }

    @Test func tellsANamesakeWhatTheOneBeforeItHasHeard() async throws {
        var canary = try Examples.canary()
        canary[path: "spec", "suspend"] = true
        let stage = try Stage(canary: canary)
        let life = stage.life()
        await stage.round(life)
        stage.cluster.remove(.canaries, test)
        await stage.round(life)
        canary[path: "metadata", "uid"] = "another-uid"
        stage.cluster.put(.canaries, canary)
        await stage.round(life)
        #expect(stage.outside.messages.count == 2)
    }
}
