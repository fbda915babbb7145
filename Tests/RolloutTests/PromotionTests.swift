import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

@Suite struct PromotionTests {
    @Test func waitsForApprovalWithTheTrafficWhereItIs() throws {
        var scene = Scene.run(weight: 50)
        scene.answers["sign-off"] = .refused("not yet")
        let first = try scene.step()
        #expect(first.recorded == "WaitingPromotion 50")
        #expect(first.record?.failedChecks == 0)
        #expect(first.messages.last == "Halt podinfo.test advancement waiting for promotion approval sign-off")
        scene.status = try #require(first.record)
        let second = try scene.step(at: Scene.now + .seconds(30))
        #expect(second.recorded == "WaitingPromotion 50")
        #expect(second.events.allSatisfy { !$0.isWarning })
        scene.answers = [:]
        let third = try scene.step(at: Scene.now + .seconds(30))
        #expect(third.recorded == "Promoting 50")
        #expect(third.messages.last == "Copying podinfo.test template spec to podinfo-primary.test")
    }

    @Test func keepsCheckingWhileItWaitsForApproval() throws {
        var scene = Scene.run(weight: 50, phase: .waitingPromotion)
        scene.answers["request-success-rate"] = .value(10)
        let step = try scene.step()
        #expect(step.recorded == "WaitingPromotion 50")
        #expect(step.record?.failedChecks == 1)
    }

    @Test func copiesOnceThenWaitsThenSendsTheTrafficHome() throws {
        var scene = Scene.run(weight: 50, phase: .promoting)
        #expect(try scene.step().actions == [.copyTemplate(revision: Scene.new)])
        scene.primary?.revision = Scene.new
        scene.primary?.status.isObserved = false
        #expect(try scene.step().actions.isEmpty)
        scene.primary?.status.isObserved = true
        let step = try scene.step()
        #expect(step.recorded == "Finalising 0")
        #expect(step.actions == [.setTraffic(.home)])
        #expect(step.messages == ["Routing all traffic to primary"])
    }

    @Test(arguments: [(50, "Promoting 20"), (20, "Finalising 0"), (0, "Finalising 0")])
    func returnsTheTrafficStepByStep(from: Int, recorded: String) throws {
        var scene = Scene.run(weight: from, phase: .promoting)
        scene.analysis["stepWeightPromotion"] = 30
        scene.primary?.revision = Scene.new
        #expect(try scene.step().recorded == recorded)
        scene.status.lastCheckTime = Scene.now
        let early = try scene.step()
        #expect(early.recorded == (from == 0 ? recorded : "-"))
    }

    @Test func finalisesTrafficFirstThenPodsThenTheVerdict() throws {
        var scene = Scene.run(weight: 0, phase: .finalising)
        scene.primary?.revision = Scene.new
        scene.route = .present(RouteReading(Traffic(canary: 50)), .valid)
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .pending)
        #expect(try scene.step().actions.isEmpty)
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().actions == [.scaleTargetToZero])
        scene.target?.replicas = 0
        scene.answers["bell"] = .refused("mute")
        let step = try scene.step()
        #expect(step.recorded == "Succeeded 0")
        #expect(step.record?.lastPromotedSpec == Scene.new)
        #expect(
            step.messages == [
                "Promotion completed! Scaling down podinfo.test", "Post-rollout hook bell failed mute",
            ]
        )
    }

    @Test func doesNotCopyATemplateThatWasNotAnalysed() throws {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.target?.revision = Scene.newer
        scene.target?.isAdmitted = false
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .valid)
        let step = try scene.step()
        #expect(step.actions.isEmpty)
        #expect(step.recorded == "Progressing 0")
        #expect(step.record?.lastAppliedSpec == Scene.newer)
    }

    @Test func promotesToTheEndWhatThePrimaryAlreadyHolds() throws {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.primary?.revision = Scene.new
        scene.target?.revision = Scene.newer
        scene.target?.isAdmitted = false
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().recorded == "Finalising 0")
    }

    /// A newer revision comes while the primary has no pod of the one that passed.
    private static func overtaken(weight: Int) -> Scene {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.status.lastStepTime = Scene.now
        scene.primary?.revision = Scene.new
        scene.primary?.status.available = 0
        scene.target?.revision = Scene.newer
        scene.target?.isAdmitted = false
        scene.route = .present(RouteReading(Traffic(canary: weight)), .valid)
        return scene
    }

    @Test func keepsTheTrafficWithTheProvenPodsBehindAClosedGate() throws {
        #expect(try Self.overtaken(weight: 50).step().actions == [.setTraffic(Traffic(canary: 100))])
        var scene = Self.overtaken(weight: 100)
        #expect(try scene.step().actions.isEmpty)
        // It does not come up: it is put back, and they serve until it is.
        scene.primary?.status.isPastDeadline = true
        scene.status = try #require(scene.step().record)
        #expect(try scene.step().actions == [.restorePrimary(revision: Scene.old)])
        scene.primary = Scene.ready("podinfo-primary", Scene.old)
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    static let unkept: [@Sendable (inout Scene) -> Void] = [
        { $0.kind = "DaemonSet" },
        { $0.gate.slip = GateSlip(road: .pause, change: "image", requestedBy: "", since: nil) },
        { $0.target?.isAdmitted = true },
        { $0.target?.status.available = 0 },
        { $0.primary?.status.available = 1 },
    ]

    @Test(arguments: unkept)
    func sendsTheTrafficHomeWhereTheProvenPodsAreNotKept(change: @Sendable (inout Scene) -> Void) throws {
        var scene = Self.overtaken(weight: 100)
        change(&scene)
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    @Test func keepsThoseWhoMatchWithTheProvenPods() throws {
        var scene = Self.overtaken(weight: 100)
        scene.analysis["iterations"] = 2
        scene.analysis["match"] = [["headers": ["x-canary": ["exact": "insider"]]]]
        scene.status.iterations = 2
        #expect(try scene.step().actions.isEmpty)
    }

    @Test(arguments: [CanaryPhase.promoting, .finalising])
    func makesALostPrimaryOfTheRevisionThatPassed(phase: CanaryPhase) throws {
        var scene = Scene.run(weight: 0, phase: phase)
        scene.primary = nil
        #expect(try scene.step().actions == [.createPrimary])
        scene.target?.revision = Scene.newer
        scene.target?.isAdmitted = false
        scene.ledger = []
        #expect(try scene.step().actions.isEmpty)
        scene.ledger = [Scene.new, Scene.old]
        let held = phase == .promoting ? Scene.old : Scene.new
        #expect(try scene.step().actions == [.restorePrimary(revision: held)])
    }

    @Test func makesNoPrimaryOfTheFormerRevisionOnceTheTrafficIsOnTheNewOne() throws {
        var scene = Scene.run(weight: 0, phase: .finalising)
        scene.primary = nil
        scene.target?.revision = Scene.old
        #expect(try scene.step().actions.isEmpty)
        scene.ledger = [Scene.new, Scene.old]
        #expect(try scene.step().actions == [.restorePrimary(revision: Scene.new)])
    }
}
