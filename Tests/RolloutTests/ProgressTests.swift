import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

@Suite struct ProgressTests {
    @Test func opensTheGateOnlyWhenNoTrafficCanReachThePods() throws {
        var scene = Scene.run(weight: 0)
        scene.target?.isAdmitted = false
        scene.target?.replicas = 0
        scene.route = .present(RouteReading(Traffic(canary: 20)), .valid)
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .pending)
        #expect(try scene.step().actions.isEmpty)
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().actions == [.admitTarget(revision: Scene.new, replicas: nil)])
    }

    @Test(arguments: [CanaryPhase.progressing, .waitingPromotion, .promoting])
    func sendsTheTrafficHomeWhenTheTargetIsGone(phase: CanaryPhase) throws {
        var scene = Scene.run(weight: 20, phase: phase)
        scene.target = nil
        scene.services = [:]
        let step = try scene.step()
        #expect(step.actions == [.setTraffic(.home)])
        #expect(step.messages == ["Routing all traffic to primary, as podinfo.test is not there"])
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().actions.isEmpty)
        #expect(try scene.step().messages == ["deployment podinfo.test get query error: not found"])
    }

    @Test func asksPreRolloutHooksBeforeTheFirstTraffic() throws {
        var scene = Scene.run(weight: 0)
        scene.status.lastCheckTime = nil
        var asked: [String] = []
        let step = try scene.step(asked: &asked)
        #expect(asked == ["smoke"])
        #expect(step.recorded == "Progressing 20")
        #expect(step.actions == [.setTraffic(Traffic(canary: 20))])
        #expect(
            step.messages == [
                "Starting canary analysis for podinfo.test", "Pre-rollout check smoke passed",
                "Advance podinfo.test canary weight 20",
            ]
        )
    }

    @Test(arguments: [(20, 40), (40, 50), (0, 20)])
    func neverPassesTheGreatestWeight(from: Int, to: Int) throws {
        let step = try Scene.run(weight: from).step()
        #expect(step.recorded == "Progressing \(to)")
        #expect(step.actions == [.setTraffic(Traffic(canary: to))])
    }

    @Test(arguments: [(0, 1), (1, 10), (10, 80), (5, 10)])
    func followsAListOfWeights(from: Int, to: Int) throws {
        var scene = Scene.run(weight: from)
        scene.analysis["stepWeight"] = nil
        scene.analysis["stepWeights"] = [1, 10, 80]
        #expect(try scene.step().recorded == "Progressing \(to)")
    }

    @Test func waitsForTheIntervalAndThenAsksHooksBeforeMetrics() throws {
        var scene = Scene.run(weight: 20)
        scene.status.lastCheckTime = Scene.now + .seconds(-10)
        var asked: [String] = []
        #expect(try scene.step(asked: &asked) == Step(next: .after(.seconds(20))))
        #expect(asked.isEmpty)
        let step = try scene.step(at: Scene.now + .seconds(20), asked: &asked)
        #expect(asked == ["load", "request-success-rate", "request-duration"])
        #expect(step.record?.lastCheckTime == Scene.now + .seconds(20))
        #expect(
            step.record?.checks.map(\.summary) == [
                "rollout load: passed: Passed, Proceed",
                "metric request-success-rate: 100.00%, bound >= 99%: Passed, Proceed",
                "metric request-duration: 20ms, bound <= 500ms: Passed, Proceed",
            ]
        )
    }

    @Test(arguments: [
        (
            "request-success-rate", Answer.value(95), CheckRecord.Outcome.failed,
            "Halt podinfo.test advancement success rate 95.00% < 99%"
        ),
        (
            "request-duration", .value(1_250.9), .failed,
            "Halt podinfo.test advancement request duration 1.25s > 500ms"
        ),
        (
            "request-success-rate", .noData, .cannotEvaluate,
            "Halt podinfo.test advancement no values found for contour metric request-success-rate probably podinfo.test is "
                + "not receiving traffic"
        ),
        (
            "request-duration", .unavailable("connection refused"), .cannotEvaluate,
            "Halt podinfo.test advancement metric query failed for request-duration: connection refused"
        ),
        ("load", .refused("boom"), .failed, "Halt podinfo.test advancement external check load failed boom"),
        (
            "load", .unavailable("timed out"), .cannotEvaluate,
            "Halt podinfo.test advancement external check load failed timed out"
        ),
    ])
    func countsAFailedCheckAndKeepsTheWeight(
        name: String,
        answer: Answer,
        outcome: CheckRecord.Outcome,
        message: String
    ) throws {
        var scene = Scene.run(weight: 20)
        scene.answers[name] = answer
        let step = try scene.step()
        #expect(step.recorded == "Progressing 20")
        #expect(step.record?.failedChecks == 1)
        #expect(step.actions.isEmpty)
        #expect(step.events.filter(\.isWarning).map(\.message) == [message])
        let record = try #require(step.record?.checks.first { $0.name == name })
        #expect(record.outcome == outcome)
        #expect(record.follows == .failedCheck)
    }

    @Test(arguments: [
        RouteVerdict.invalid("bad"), .orphaned("nobody includes it"),
    ])
    func cannotEvaluateWithoutARouteInForce(verdict: RouteVerdict) throws {
        var scene = Scene.run(weight: 20)
        scene.route = .present(RouteReading(Traffic(canary: 20)), verdict)
        var asked: [String] = []
        let step = try scene.step(asked: &asked)
        #expect(asked.isEmpty)
        #expect(step.record?.failedChecks == 1)
        #expect(step.record?.checks.first?.outcome == .cannotEvaluate)
    }

    @Test func countsAStepOnlyWhenContourHasSeenIt() throws {
        var scene = Scene.run(weight: 20)
        scene.route = .present(RouteReading(Traffic(canary: 20)), .pending)
        #expect(try scene.step().record == nil)
        #expect(try scene.step(at: Scene.now + .seconds(30)).record?.failedChecks == 1)
    }

    @Test func rollsBackWhereTheThresholdIsLoweredToWhatHasFailed() throws {
        var scene = Scene.run(weight: 40)
        scene.status.failedChecks = 2
        var asked: [String] = []
        let verdict = try scene.step(asked: &asked)
        #expect(asked.isEmpty)
        #expect(verdict.record?.isRollingBack == true && verdict.record?.failedChecks == 2)
        #expect(verdict.messages == ["Rolling back podinfo.test failed checks threshold reached 2"])
    }

    @Test func rollsBackAtTheThresholdTrafficFirst() throws {
        var scene = Scene.run(weight: 40)
        scene.status.failedChecks = 1
        scene.answers["request-success-rate"] = .value(90)
        let verdict = try scene.step()
        #expect(verdict.recorded == "Progressing 0")
        #expect(verdict.record?.failedChecks == 2)
        #expect(
            verdict.messages.suffix(2) == [
                "Halt podinfo.test advancement success rate 90.00% < 99%",
                "Rolling back podinfo.test failed checks threshold reached 2",
            ]
        )
        // From here on a good answer changes nothing.
        scene.answers = [:]
        scene.status = try #require(verdict.record)
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .pending)
        #expect(try scene.step().actions.isEmpty)
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().actions == [.scaleTargetToZero])
        scene.target?.replicas = 0
        var asked: [String] = []
        let end = try scene.step(asked: &asked)
        #expect(asked == ["bell"])
        #expect(end.recorded == "Failed 0")
        #expect(end.record?.lastAppliedSpec == Scene.new)
        #expect(end.record?.lastPromotedSpec == Scene.old)
        #expect(end.record?.promoted?.status == "False")
        #expect(end.messages.first == "Canary failed! Scaling down podinfo.test")
    }

    @Test func rollsBackWhenARollbackHookAgrees() throws {
        var scene = Scene.run(weight: 40)
        scene.analysis["webhooks"] = [["name": "abort", "type": "rollback", "url": "http://t/abort"]]
        #expect(try scene.step().recorded == "Progressing 50")
        scene.answers["abort"] = .passed
        let step = try scene.step()
        #expect(step.record?.isRollingBack == true)
        #expect(
            step.messages == [
                "Rollback check abort passed", "Rolling back podinfo.test manual webhook invoked",
            ]
        )
    }

    @Test func rollsBackWhenTheCanaryIsStuck() throws {
        var scene = Scene.run(weight: 0)
        scene.target?.status.available = 0
        scene.target?.status.unavailableSince = Scene.now + .seconds(-601)
        let step = try scene.step()
        #expect(step.record?.isRollingBack == true)
        #expect(step.record?.failedChecks == 0)
        scene.target?.status.unavailableSince = Scene.now + .seconds(-599)
        #expect(try scene.step().record == nil)
    }

    @Test func countsTheTimeOfARevisionFromWhenItCame() throws {
        var scene = Scene.run(weight: 0)
        scene.status.lastStepTime = Scene.now + .seconds(-60)
        scene.target?.status.available = 0
        scene.target?.status.unavailableSince = Scene.now + .seconds(-3600)
        #expect(try scene.step().record == nil)
        #expect(try scene.step(at: Scene.now + .seconds(541)).record?.isRollingBack == true)
    }

    @Test func doesNotWaitForAStuckPrimary() throws {
        var scene = Scene.run(weight: 0)
        scene.status.lastStepTime = Scene.now + .seconds(-60)
        scene.primary?.status.available = 0
        scene.primary?.status.unavailableSince = Scene.now + .seconds(-3600)
        #expect(try scene.step().recorded == "Progressing 20")
    }

    @Test func takesTheTrafficFromACanaryWithoutPodsAndGivesItBackForAWholeInterval() throws {
        var scene = Scene.run(weight: 40)
        scene.target?.status.available = 0
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .valid)
        // The first pod that is back does not get the share of all.
        scene.target?.status.available = 1
        #expect(try scene.step().actions.isEmpty)
        scene.target?.status.available = 2
        let step = try scene.step()
        #expect(step.actions == [.setTraffic(Traffic(canary: 40))])
        #expect(step.record?.lastCheckTime == Scene.now)
        #expect(step.messages == ["Set podinfo.test canary weight back to 40"])
    }

    @Test(arguments: [CanaryPhase.progressing, .waitingPromotion, .promoting])
    func keepsTheTrafficWithACanaryThatHasLostSomeOfItsPods(phase: CanaryPhase) throws {
        var scene = Scene.run(weight: 40, phase: phase)
        scene.primary?.revision = phase == .promoting ? Scene.new : Scene.old
        scene.primary?.status.available = 1
        scene.target?.status.available = 1
        #expect(try scene.step().actions.isEmpty)
        // More than it was given is still taken away.
        scene.route = .present(RouteReading(Traffic(canary: 60)), .valid)
        #expect(try scene.step().actions == [.setTraffic(Traffic(canary: 40))])
    }

    @Test(arguments: [CanaryPhase.progressing, .waitingPromotion])
    func startsAnewOnANewerRevision(phase: CanaryPhase) throws {
        var scene = Scene.run(weight: 40, phase: phase)
        scene.status.failedChecks = 1
        scene.target?.revision = Scene.newer
        scene.target?.isAdmitted = false
        scene.analysis["webhooks"] = []
        let step = try scene.step()
        #expect(step.recorded == "Progressing 0")
        #expect(step.record?.failedChecks == 0)
        #expect(step.record?.lastAppliedSpec == Scene.newer)
        #expect(step.record?.lastCheckTime == nil)
        #expect(step.messages == ["New revision detected! Restarting analysis for podinfo.test"])
        scene.status = try #require(step.record)
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    @Test func endsTheRunWhenThePromotedRevisionReturns() throws {
        var scene = Scene.run(weight: 40)
        scene.target?.revision = Scene.old
        scene.target?.isAdmitted = false
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().actions == [.admitTarget(revision: Scene.old, replicas: 0)])
        scene.target?.replicas = 0
        scene.target?.isAdmitted = true
        #expect(try scene.step().recorded == "Initialized 0")
    }

    /// The promoted revision is back while the primary is short of pods.
    private static func undone(_ phase: CanaryPhase, available: Int) -> Scene {
        var scene = Scene.run(weight: 40, phase: phase)
        scene.status.lastStepTime = Scene.now
        scene.target?.revision = Scene.old
        scene.target?.isAdmitted = false
        scene.primary?.replicas = 3
        scene.primary?.status.available = available
        return scene
    }

    @Test(arguments: [CanaryPhase.progressing, .waitingPromotion])
    func sendsTheTrafficOfAWithdrawnRevisionToAPrimaryThatIsShortOfPods(phase: CanaryPhase) throws {
        #expect(try Self.undone(phase, available: 2).step().actions == [.setTraffic(.home)])
        // Where it has none there is nothing to send it to, until it is plain that none will come.
        var scene = Self.undone(phase, available: 0)
        #expect(try scene.step().actions.isEmpty)
        scene.primary?.status.isPastDeadline = true
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    @Test func keepsTheTrafficOfAWithdrawnPromotionWithItsPodsUntilThePrimaryHasSome() throws {
        #expect(try Self.undone(.promoting, available: 2).step().actions.isEmpty)
        var scene = Self.undone(.promoting, available: 0)
        #expect(try scene.step().actions == [.setTraffic(Traffic(canary: 100))])
        scene.route = .present(RouteReading(Traffic(canary: 100)), .valid)
        scene.primary?.status.isPastDeadline = true
        let step = try scene.step()
        #expect(step.actions.isEmpty)
        #expect(step.events.map(\.reason) == [.blocked])
        scene.primary = Scene.ready("podinfo-primary", Scene.old)
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    static let obstacles: [@Sendable (inout Scene) -> Void] = [
        { $0.disruptionBudget = .foreign("it is the team's") },
        { $0.configs = .foreign("it is the team's") },
        { $0.services[.canary] = .foreign("the team's") },
        { $0.primaryOwner = "the team's" },
        { $0.services[.primary] = .foreign("the team's") },
        { $0.services[.apex] = .foreign("the team's") },
    ]

    @Test(arguments: zip(obstacles, [true, true, true, false, false, false]))
    func givesTheCanaryNoTrafficWhileSomethingIsInTheWay(
        change: @Sendable (inout Scene) -> Void,
        goesHome: Bool
    ) throws {
        var scene = Scene.run(weight: 40)
        change(&scene)
        let step = try scene.step()
        #expect(step.actions == (goesHome ? [.setTraffic(.home)] : []))
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().events.map(\.reason) == [.blocked])
        // What has passed may be all that answers.
        scene.status.phase = .promoting
        scene.route = .present(RouteReading(Traffic(canary: 40)), .valid)
        #expect(try scene.step().actions.isEmpty)
        scene.status.phase = .progressing
        scene.target?.revision = Scene.newer
        scene.gate.slip = GateSlip(road: .template, change: "image", requestedBy: "", since: nil)
        scene.route = .present(RouteReading(.home), .valid)
        let closing: [Action] = [.closeGate(revision: Scene.newer, change: "image")]
        #expect(try scene.step().actions == (goesHome ? closing : []))
    }

    @Test func skipsTheAnalysisOnceThePodsAreReady() throws {
        var scene = Scene.run(weight: 0)
        scene.flags = ["skipAnalysis": true]
        var asked: [String] = []
        let step = try scene.step(asked: &asked)
        #expect(asked.isEmpty)
        #expect(step.recorded == "Promoting 0")
    }

    @Test func asksNobodyWhileContourMayStillReport() throws {
        var scene = Scene.run(weight: 20)
        scene.analysis["webhooks"] = [["name": "abort", "type": "rollback", "url": "http://t/abort"]]
        scene.route = .present(RouteReading(Traffic(canary: 20)), .pending)
        var asked: [String] = []
        _ = try scene.step(at: Scene.now + .seconds(29), asked: &asked)
        #expect(asked.isEmpty)
        _ = try scene.step(at: Scene.now + .seconds(30), asked: &asked)
        #expect(asked == ["abort"])
    }

    @Test func finishesAStepThatWasWrittenDownButNotDone() throws {
        var scene = Scene.run(weight: 40)
        scene.route = .present(RouteReading(Traffic(canary: 20)), .valid)
        let step = try scene.step()
        #expect(step.actions == [.setTraffic(Traffic(canary: 40))])
        #expect(step.events == [.normal(.advanced, "Advance podinfo.test canary weight 40")])
        #expect(step.record?.lastCheckTime == Scene.now)
    }

    @Test func keepsTheWeightWhileTheTargetIsScaled() throws {
        var scene = Scene.run(weight: 20)
        scene.target?.status.isObserved = false
        let step = try scene.step()
        #expect(step.actions.isEmpty)
        #expect(step.record == nil)
    }

    @Test func saysWhyTheTrafficGoesHomeWhenTheRevisionIsGone() throws {
        var scene = Scene.run(weight: 20, phase: .promoting)
        scene.primary?.revision = Scene.new
        scene.target?.revision = Scene.newer
        let message = "Routing all traffic to primary, as podinfo.test no longer holds revision bbbbbbbbbb"
        #expect(try scene.step().messages == [message])
    }
}
