import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

@Suite struct RestTests {
    static let resting: [CanaryPhase] = [.initialized, .succeeded, .failed]

    @Test(arguments: resting)
    func doesNothingWhileNothingChanges(phase: CanaryPhase) throws {
        let step = try Scene(phase).step()
        #expect(step == Step(next: .after(.seconds(30))))
    }

    @Test(arguments: resting)
    func startsARunForANewRevision(phase: CanaryPhase) throws {
        var scene = Scene(phase)
        scene.status.failedChecks = 7
        scene.target?.revision = Scene.new
        scene.target?.isAdmitted = false
        var asked: [String] = []
        let step = try scene.step(asked: &asked)
        #expect(asked == ["gate"])
        #expect(step.recorded == "Progressing 0")
        #expect(step.record?.failedChecks == 0)
        #expect(step.record?.lastAppliedSpec == Scene.new)
        #expect(step.record?.lastPromotedSpec == Scene.old)
        #expect(step.actions.isEmpty)
        #expect(
            step.messages == [
                "Confirm-rollout check gate passed", "New revision detected! Scaling up podinfo.test",
            ]
        )
    }

    @Test func waitsWhileAConfirmRolloutHookRefuses() throws {
        var scene = Scene()
        scene.target?.revision = Scene.new
        scene.answers["gate"] = .refused("closed")
        let first = try scene.step()
        #expect(first.recorded == "Waiting 0")
        #expect(first.record?.lastAppliedSpec == Scene.old)
        #expect(first.messages == ["Halt podinfo.test advancement waiting for approval gate"])
        #expect(first.record?.checks.map(\.summary) == ["confirm-rollout gate: closed: Failed, Hold"])

        scene.status = try #require(first.record)
        var asked: [String] = []
        #expect(try scene.step(asked: &asked) == Step(next: .after(.seconds(30))))
        #expect(asked.isEmpty)
        let later = try scene.step(at: Scene.now + .seconds(30), asked: &asked)
        #expect(asked == ["gate"])
        #expect(later.recorded == "Waiting 0")
        #expect(later.events.isEmpty)
        scene.answers = [:]
        #expect(try scene.step(at: Scene.now + .seconds(30)).recorded == "Progressing 0")
    }

    @Test func goesBackFromWaitingWhenThePromotedRevisionReturns() throws {
        let step = try Scene(.waiting).step()
        #expect(step.recorded == "Initialized 0")
    }

    @Test func doesNotTryAFailedRevisionAgain() throws {
        var scene = Scene(.failed)
        scene.status.lastAppliedSpec = Scene.new
        scene.target?.revision = Scene.new
        #expect(try scene.step() == Step(next: .after(.seconds(30))))
        scene.target?.isAdmitted = false
        #expect(try scene.step().actions == [.admitTarget(revision: Scene.new, replicas: 0)])
        scene.status.phase = .waiting
        #expect(try scene.step().recorded == "Failed 0")
    }

    @Test func opensTheGateAtZeroForThePromotedRevision() throws {
        var scene = Scene(.failed)
        scene.status.lastAppliedSpec = Scene.new
        scene.target?.isAdmitted = false
        var asked: [String] = []
        let step = try scene.step(asked: &asked)
        #expect(step.actions == [.admitTarget(revision: Scene.old, replicas: 0)])
        #expect(asked.isEmpty)
    }

    /// Flagger's hashes are of ten digits that are ours too, of fewer, or of others.
    static let foreignHashes = ["7d9c5f4b86", "7d9c5f4b8", "7d9c5f4b8x"]

    private static func takenOver(_ phase: CanaryPhase, applied: String, promoted: String) -> Scene {
        var scene = Scene(phase)
        scene.status.lastAppliedSpec = applied
        scene.status.lastPromotedSpec = promoted
        scene.primary?.revision = nil
        return scene
    }

    @Test(arguments: foreignHashes, [CanaryPhase.initialized, .succeeded])
    func adoptsWhatFlaggerPromotedWithoutARun(hash: String, phase: CanaryPhase) throws {
        var scene = Self.takenOver(phase, applied: hash, promoted: hash)
        let step = try scene.step()
        #expect(step.recorded == "\(phase.rawValue) 0")
        #expect(step.record?.lastAppliedSpec == Scene.old)
        #expect(step.record?.lastPromotedSpec == Scene.old)
        #expect(step.actions.isEmpty)
        scene.status = try #require(step.record)
        #expect(try scene.step() == Step(next: .after(.seconds(30))))
    }

    @Test func takesAnAdoptedHashOfFlaggersDigitsForItsOwn() throws {
        // `bbbbbbbbbb` could be one of Flagger's.
        var scene = Self.takenOver(.succeeded, applied: "7d9c5f4b86", promoted: "7d9c5f4b86")
        scene.target?.revision = Scene.new
        scene.status = try #require(scene.step().record)
        scene.target?.revision = Scene.newer
        #expect(try scene.step().recorded == "Progressing 0")
    }

    @Test func doesNotTakeWhatFailedUnderFlaggerForPromoted() throws {
        var scene = Self.takenOver(.failed, applied: "7d9c5f4b86", promoted: "5c98bd4f67")
        scene.target?.revision = Scene.new
        let step = try scene.step()
        #expect(step.recorded == "Failed 0")
        #expect(step.record?.lastAppliedSpec == Scene.new)
        #expect(step.record?.lastPromotedSpec == "5c98bd4f67")
        scene.status = try #require(step.record)
        #expect(try scene.step() == Step(next: .after(.seconds(30))))
        scene.target?.revision = Scene.newer
        #expect(try scene.step().recorded == "Progressing 0")
    }

    @Test func analysesWhatWaitedForApprovalUnderFlagger() throws {
        var scene = Self.takenOver(.waiting, applied: "7d9c5f4b86", promoted: "7d9c5f4b86")
        scene.target?.revision = Scene.new
        #expect(try scene.step().recorded == "Progressing 0")
    }

    @Test func waitsForAPrimaryThatIsNotReadyButNotForOneThatIsStuck() throws {
        var scene = Scene()
        scene.target?.revision = Scene.new
        scene.primary?.status.available = 1
        #expect(try scene.step().record == nil)
        scene.primary?.status.isPastDeadline = true
        let step = try scene.step()
        #expect(step.recorded == "Progressing 0")
        #expect(
            step.messages.first
                == "podinfo-primary.test not ready: deployment \"podinfo-primary\" exceeded its progress deadline"
        )
    }

    static let drifts: [(@Sendable (inout Scene) -> Void, [Action])] = [
        ({ $0.route = .present(RouteReading(Traffic(canary: 50)), .valid) }, [Action.setTraffic(.home)]),
        ({ $0.route = .present(RouteReading(nil), .valid) }, [.setTraffic(.home)]),
        ({ $0.route = .missing }, [.createRoute(.home)]),
        ({ $0.services[.apex] = .differs }, [.applyService(.apex)]),
        ({ $0.services[.canary] = .missing }, [.applyService(.canary)]),
        ({ $0.primary = nil }, [.createPrimary]),
        (
            {
                $0.flags["autoscalerRef"] = [
                    "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "podinfo",
                ]
                $0.autoscaler = AutoscalerState(hasSource: true, copy: .differs)
            },
            [.applyAutoscaler]
        ),
        ({ $0.primary?.revision = Scene.newer }, [.copyTemplate(revision: Scene.old)]),
    ]

    @Test(arguments: drifts)
    func setsDriftRight(change: @Sendable (inout Scene) -> Void, actions: [Action]) throws {
        var scene = Scene(.succeeded)
        change(&scene)
        let step = try scene.step()
        #expect(step.actions == actions)
        #expect(step.record == nil)
    }

    @Test(arguments: [CanaryPhase.failed, .progressing])
    func makesALostPrimaryOfTheLedgersTemplate(phase: CanaryPhase) throws {
        var scene = phase == .failed ? Scene(phase) : Scene.run(weight: 20, phase: phase)
        scene.primary = nil
        scene.status.lastAppliedSpec = Scene.new
        scene.target?.revision = Scene.new
        let step = try scene.step()
        #expect(step.actions == [.restorePrimary(revision: Scene.old)])
        #expect(step.messages == ["Deployment podinfo-primary.test was missing or changed and is set right"])
    }

    @Test func doesNotMakeAPrimaryOfAnUnprovenTemplate() throws {
        var scene = Scene(.succeeded)
        scene.primary = nil
        scene.ledger = []
        scene.target?.revision = Scene.new
        let step = try scene.step()
        #expect(step.actions.isEmpty)
        #expect(
            step.messages == [
                "deployment podinfo-primary.test is gone and podinfo.test no longer holds the promoted revision aaaaaaaaaa; "
                    + "set that template again to bring the primary back"
            ]
        )
    }

    @Test func startsARunWhileKEDAHasPutThePrimaryToRest() throws {
        var scene = Scene(.succeeded)
        scene.target?.revision = Scene.new
        scene.primary = Scene.ready("podinfo-primary", Scene.old, replicas: 0)
        #expect(try scene.step().record == nil)
        scene.autoscaler = AutoscalerState(hasSource: true, copy: .current, isPaused: true)
        #expect(try scene.step().recorded == "Progressing 0")
    }

    @Test func tellsOfABudgetThatIsSetRight() throws {
        var scene = Scene(.succeeded)
        scene.disruptionBudget = .differs
        let step = try scene.step()
        #expect(step.actions == [.applyDisruptionBudget])
        #expect(
            step.messages == ["PodDisruptionBudget of podinfo-primary.test was missing or changed and is set right"]
        )
    }

    @Test func takesAwayWhatElseScalesThePrimary() throws {
        var scene = Scene(.succeeded)
        scene.strayAutoscalers = ["HorizontalPodAutoscaler web-primary.test"]
        let step = try scene.step()
        #expect(step.actions == [.removeStrayAutoscalers])
        #expect(
            step.messages == [
                "HorizontalPodAutoscaler web-primary.test goes, as the Canary no longer names what it was made of"
            ]
        )
    }

    @Test(arguments: CanaryPhase.allCases)
    func leavesASuspendedOrDyingCanaryAlone(phase: CanaryPhase) throws {
        var scene = Scene(phase)
        scene.flags = ["suspend": true]
        scene.target?.revision = Scene.new
        scene.route = .missing
        let step = try scene.step()
        #expect(step.actions.isEmpty)
        #expect(step.record == nil)
        #expect(step.messages == ["skipping canary run as object is suspended"])
    }
}
