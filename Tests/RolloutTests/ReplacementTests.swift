import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

/// A revision that comes in a run, where hooks have to confirm it.
@Suite(.timeLimit(.minutes(1))) struct ReplacementTests {
    private static func overtaken(_ phase: CanaryPhase) -> Scene {
        var scene = Scene.run(weight: 40, phase: phase)
        scene.status.failedChecks = 1
        scene.target?.revision = Scene.newer
        scene.target?.isAdmitted = false
        return scene
    }

    @Test(arguments: [CanaryPhase.progressing, .waitingPromotion, .promoting])
    func isConfirmedWithTheTrafficAtHome(phase: CanaryPhase) throws {
        var scene = Self.overtaken(phase)
        var asked: [String] = []
        #expect(try scene.step(asked: &asked).actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .pending)
        #expect(try scene.step(asked: &asked).actions.isEmpty)
        #expect(asked.isEmpty)
        scene.route = .present(RouteReading(.home), .valid)
        let step = try scene.step(asked: &asked)
        #expect(asked == ["gate"])
        #expect(step.recorded == "Progressing 0")
        #expect(step.record?.lastAppliedSpec == Scene.newer)
        #expect(
            step.messages == [
                "Confirm-rollout check gate passed", "New revision detected! Restarting analysis for podinfo.test",
            ]
        )
    }

    @Test func leavesTheTrafficWithWhatHasPassedWhereNothingElseAnswers() throws {
        var scene = Self.overtaken(.promoting)
        scene.primary?.status.available = 0
        scene.primary?.status.isPastDeadline = true
        let relieved = Traffic(canary: 100)
        #expect(try scene.step().actions == [.setTraffic(relieved)])
        scene.route = .present(RouteReading(relieved), .valid)
        scene.answers["gate"] = .refused("closed")
        scene.status.lastStepTime = scene.status.lastCheckTime
        let refusal = try scene.step()
        var expected = scene.status
        expected.lastCheckTime = Scene.now
        #expect(refusal.record == expected)
        #expect(refusal.actions.isEmpty)
        #expect(refusal.events.map(\.reason) == [.waiting])
        scene.status = expected
        // Nobody is asked again before the interval is over, however often one looks.
        var asked: [String] = []
        #expect(try scene.step(at: Scene.now + .seconds(10), asked: &asked) == Step(next: .after(.seconds(20))))
        #expect(asked.isEmpty)
        let second = try scene.step(at: Scene.now + .seconds(30), asked: &asked)
        #expect(asked == ["gate"])
        #expect(second.record?.lastCheckTime == Scene.now + .seconds(30) && second.events.isEmpty)
        scene.answers = [:]
        #expect(try scene.step(at: Scene.now + .seconds(30)).record?.lastAppliedSpec == Scene.newer)
    }

    /// The primary's pods may not start with the others, so that nothing may wait for them before.
    @Test(arguments: [Scene.newer, Scene.old], [true, false])
    func findsThePrimaryWithItsOwnData(revision: String, isReady: Bool) throws {
        var scene = Self.overtaken(.promoting)
        scene.target?.revision = revision
        scene.gate.hasStrayConfigs = true
        if !isReady { scene.primary?.status.available = 0 }
        var asked: [String] = []
        let step = try scene.step(asked: &asked)
        #expect(step.actions == [.restorePrimary(revision: Scene.old)])
        #expect(step.record == nil && asked.isEmpty)
        scene.gate.hasStrayConfigs = false
        #expect(try !scene.step().actions.contains(.restorePrimary(revision: Scene.old)))
        // The one that passed is being given its template.
        scene.primary?.revision = Scene.new
        scene.gate.hasStrayConfigs = true
        #expect(try !scene.step().actions.contains(.restorePrimary(revision: Scene.old)))
    }

    @Test func getsNoPodsBeforeItIsConfirmed() throws {
        var scene = Self.overtaken(.progressing)
        scene.route = .present(RouteReading(.home), .valid)
        scene.answers["gate"] = .refused("closed")
        let refusal = try scene.step()
        #expect(refusal.recorded == "Waiting 0")
        #expect(refusal.record?.failedChecks == 0)
        #expect(refusal.record?.checks.map(\.summary) == ["confirm-rollout gate: closed: Failed, Hold"])
        #expect(refusal.messages == ["Halt podinfo.test advancement waiting for approval gate"])
        scene.status = try #require(refusal.record)
        #expect(try scene.step().actions == [.scaleTargetToZero])
        scene.target?.replicas = 0
        var asked: [String] = []
        #expect(try scene.step(asked: &asked) == Step(next: .after(.seconds(30))))
        #expect(asked.isEmpty)
        scene.answers = [:]
        let step = try scene.step(at: Scene.now + .seconds(30))
        #expect(step.recorded == "Progressing 0")
        #expect(step.record?.lastAppliedSpec == Scene.newer)
    }

    @Test(arguments: [(Scene.new, "Progressing 0"), (Scene.old, "Initialized 0")])
    func makesWayForOneThatWasThereBefore(revision: String, recorded: String) throws {
        var scene = Self.overtaken(.progressing)
        scene.route = .present(RouteReading(.home), .valid)
        scene.answers["gate"] = .refused("closed")
        scene.status = try #require(scene.step().record)
        scene.answers = [:]
        scene.target?.replicas = 0
        scene.target?.revision = revision
        scene.target?.isAdmitted = revision == Scene.old
        let step = try scene.step(at: Scene.now + .seconds(30))
        #expect(step.recorded == recorded)
        #expect(step.record?.lastAppliedSpec == revision)
    }
}
