import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReportTests {
    /// What is written at `time`; nil when nothing is news.
    private static func report(_ scene: Scene, at time: Timestamp = Scene.now) throws -> CanaryStatus? {
        var observation = try scene.observation(at: time)
        var asked: [String] = []
        let step = try scene.step(&observation, asked: &asked)
        return Rollout.report(on: step, of: observation)
    }

    private static func conditions(_ status: CanaryStatus?) -> [String] {
        (status?.report.conditions ?? []).map { "\($0.kind.rawValue)=\($0.status) \($0.reason)" }
    }

    @Test func writesOnceAtRestAndThenNothing() throws {
        var scene = Scene(.succeeded)
        let first = try #require(try Self.report(scene))
        #expect(
            Self.conditions(first) == [
                "Ready=True Succeeded", "Reconciling=False Succeeded", "Stalled=False Succeeded",
            ]
        )
        #expect(first.report.observedGeneration == 3)
        #expect(first.report.history.count == 1)
        scene.status = first
        #expect(try Self.report(scene) == nil)
        #expect(try Self.report(scene, at: Scene.now + .seconds(3_600)) == nil)
        // What is read back is what was written.
        let read = try scene.observation().canary.status
        #expect(read == first)
    }

    @Test func tellsOfTheRunAndWhatComesNext() throws {
        var scene = Scene.run(weight: 20)
        let status = try #require(try Self.report(scene))
        #expect(
            Self.conditions(status) == [
                "Ready=Unknown Progressing", "Reconciling=True Progressing", "Stalled=False Progressing",
            ]
        )
        #expect(status.report.step == 2)
        #expect(status.report.steps == 3)
        #expect(status.report.nextCheckTime == Scene.now + .seconds(30))
        #expect(status.report.estimatedEndTime == Scene.now + .seconds(60))
        #expect(status.report.currentRevision == Scene.new)
        #expect(status.report.journal.count == 1)
        scene.status = status
        scene.route = .present(RouteReading(Traffic(canary: 40)), .valid)
        #expect(try Self.report(scene, at: Scene.now + .seconds(1)) == nil)
    }

    @Test func saysWhyItIsStalled() throws {
        var scene = Scene(.succeeded)
        scene.services[.apex] = .foreign("team's")
        let blocked = try #require(try Self.report(scene))
        #expect(
            Self.conditions(blocked) == ["Ready=False Blocked", "Reconciling=False Succeeded", "Stalled=True Blocked"]
        )
        scene.status = blocked
        #expect(try Self.report(scene) == nil)
        scene.services[.apex] = .current
        let again = try #require(try Self.report(scene, at: Scene.now + .seconds(9)))
        #expect(Self.conditions(again).last == "Stalled=False Succeeded")
        #expect(again.report.conditions.last?.lastTransitionTime == Scene.now + .seconds(9))
        #expect(again.report.journal.isEmpty)
    }

    @Test func saysWhatFailed() throws {
        var scene = Scene.run(weight: 40)
        scene.status.failedChecks = 1
        scene.answers["request-success-rate"] = .value(90)
        scene.status = try #require(try Self.report(scene))
        scene.route = .present(RouteReading(.home), .valid)
        scene.target?.replicas = 0
        let end = try #require(try Self.report(scene))
        #expect(Self.conditions(end) == ["Ready=False Failed", "Reconciling=False Failed", "Stalled=True Failed"])
        #expect(end.report.conditions[0].message.contains("metric request-success-rate: 90.00%, bound >= 99%"))
        #expect(end.report.step == nil)
    }

    @Test func saysThatItWaitsForSomebody() throws {
        var scene = Scene.run(weight: 50)
        scene.answers["sign-off"] = .refused("not yet")
        let waiting = try #require(try Self.report(scene))
        #expect(Self.conditions(waiting)[1] == "Reconciling=True WaitingForApproval")
        #expect(waiting.report.estimatedEndTime == nil)
        scene = Scene.run(weight: 20)
        scene.analysis["pauses"] = [["atWeight": 20]]
        let paused = try #require(try Self.report(scene))
        #expect(Self.conditions(paused)[1] == "Reconciling=True Paused")
    }

    @Test func showsTheCookiesOfTheRun() throws {
        var scene = Scene.run(weight: 0)
        scene.analysis["sessionAffinity"] = ["cookieName": "run", "primaryCookieName": "home"]
        let status = try #require(try Self.report(scene))
        #expect(status.json["sessionAffinityCookie"] == "run=bbbbbbbbbb")
        #expect(status.json["primarySessionAffinityCookie"] == "home=aaaaaaaaaa")
    }

    @Test func showsARunsEndWithTheStepThatEndsIt() throws {
        var scene = Scene.run(weight: 0, phase: .finalising)
        scene.primary?.revision = Scene.new
        scene.target?.replicas = 0
        scene.ledger = [Scene.new]
        scene.gate.isLedgerRead = true
        let end = try #require(try Self.report(scene))
        #expect(end.report.history.map { $0["verdict"]?.string } == ["Promoted"])
        #expect(end.report.history.first?["endedAt"] == .string(Scene.now.rfc3339))
    }

    @Test func saysOnceThatACanaryIsSuspended() throws {
        var scene = Scene(.succeeded)
        scene.flags = ["suspend": true]
        let status = try #require(try Self.report(scene))
        #expect(
            Self.conditions(status) == [
                "Ready=True Suspended", "Reconciling=False Suspended", "Stalled=False Suspended",
            ]
        )
        #expect(status.report.observedGeneration == 3)
        scene.status = status
        #expect(try Self.report(scene) == nil)
        scene = Scene.run(weight: 20)
        scene.flags = ["suspend": true]
        #expect(
            Self.conditions(try Self.report(scene)).prefix(2) == [
                "Ready=Unknown Suspended", "Reconciling=False Suspended",
            ]
        )
    }

    @Test func saysWhyNothingCouldBeDecided() throws {
        var scene = Scene(.succeeded)
        scene.status = try #require(try Self.report(scene))
        let canary = try scene.observation().canary
        let status = try #require(Rollout.report("create services: quota exceeded", of: canary, at: Scene.now))
        #expect(Self.conditions(status).last == "Stalled=True Blocked")
        #expect(status.report.conditions.last?.message == "create services: quota exceeded")
        #expect(status.report.currentRevision == Scene.old)
        #expect(status.report.history == scene.status.report.history)
        scene.status = status
        #expect(
            Rollout.report("create services: quota exceeded", of: try scene.observation().canary, at: Scene.now) == nil
        )
        // The next look that ends well takes it away.
        #expect(Self.conditions(try Self.report(scene)).last == "Stalled=False Succeeded")
    }
}
