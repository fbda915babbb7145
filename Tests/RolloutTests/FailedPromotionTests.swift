import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

@Suite(.timeLimit(.minutes(1))) struct FailedPromotionTests {
    /// A promotion whose primary got the revision and does not come up.
    private static func stuck(available: Int = 2) -> Scene {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.status.lastStepTime = Scene.now
        scene.primary?.revision = Scene.new
        scene.primary?.status.available = available
        scene.primary?.status.isPastDeadline = true
        return scene
    }

    private static let reason = "deployment \"podinfo-primary\" exceeded its progress deadline"

    @Test func keepsTheTrafficAndWritesTheFailureDownFirst() throws {
        let step = try Self.stuck().step()
        #expect(step.recorded == "Promoting 50")
        #expect(step.record?.isRollingBack == true)
        #expect(step.actions.isEmpty)
        #expect(step.messages == ["Promotion of podinfo.test failed, primary not ready: \(Self.reason)"])
        #expect(
            step.record?.checks.map(\.summary) == [
                "Deployment podinfo-primary: promotion failed: \(Self.reason): Failed, RollBack"
            ]
        )
    }

    @Test func putsThePrimaryBackBeforeTheTrafficGoesHome() throws {
        var scene = Self.stuck()
        scene.status = try #require(scene.step().record)
        #expect(try scene.step().actions == [.restorePrimary(revision: Scene.old)])
        scene.primary = Scene.ready("podinfo-primary", Scene.old)
        scene.primary?.status.available = 1
        #expect(try scene.step().actions.isEmpty)
        scene.primary?.status.available = 2
        #expect(try scene.step().actions == [.setTraffic(.home)])
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().actions == [.scaleTargetToZero])
        scene.target?.replicas = 0
        var asked: [String] = []
        let end = try scene.step(asked: &asked)
        #expect(asked == ["bell"])
        #expect(end.recorded == "Failed 0")
        #expect(end.record?.lastPromotedSpec == Scene.old)
        #expect(end.record?.lastAppliedSpec == Scene.new)
        #expect(end.record?.checks.first?.answered == "promotion failed: \(Self.reason)")
    }

    @Test func letsTheProvenPodsStandInForAPrimaryWithoutAny() throws {
        var scene = Self.stuck(available: 0)
        let step = try scene.step()
        #expect(step.actions == [.setTraffic(Traffic(canary: 100))])
        #expect(step.messages == ["Routing all traffic to canary, as podinfo-primary.test has no pod to take any"])
        scene.route = .present(RouteReading(Traffic(canary: 100)), .valid)
        scene.status = try #require(scene.step().record)
        #expect(try scene.step().actions == [.restorePrimary(revision: Scene.old)])
        scene.primary = Scene.ready("podinfo-primary", Scene.old)
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    @Test func takesThePromotedTemplateFromTheTargetWhereTheLedgerHasItNot() throws {
        var scene = Self.stuck()
        scene.status = try #require(scene.step().record)
        scene.ledger = []
        let step = try scene.step()
        #expect(step.actions.isEmpty)
        #expect(step.events.map(\.reason) == [.blocked])
        scene.target?.revision = Scene.old
        scene.route = .present(RouteReading(.home), .valid)
        #expect(try scene.step().actions == [.copyTemplate(revision: Scene.old)])
    }

    @Test func namesEachDifferenceAndGivesUpAtTheDeadline() throws {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.status.lastStepTime = Scene.now
        scene.primary?.revision = Scene.new
        scene.templateDifferences = ["spec.containers[0].image", "spec.dnsPolicy"]
        let step = try scene.step()
        #expect(step.record == nil)
        #expect(step.actions.isEmpty)
        #expect(
            step.messages == [
                "Halt podinfo.test promotion podinfo-primary.test: its template differs from the analysed one at "
                    + "spec.containers[0].image, spec.dnsPolicy"
            ]
        )
        #expect(try scene.step(at: Scene.now + .seconds(600)).record == nil)
        #expect(try scene.step(at: Scene.now + .seconds(601)).record?.isRollingBack == true)
    }

    @Test func scalesThePrimaryBeforeTheTrafficMoves() throws {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.primary = Scene.ready("podinfo-primary", Scene.new, replicas: 1)
        scene.target = Scene.ready("podinfo", Scene.new, replicas: 5)
        #expect(try scene.step().actions == [.scalePrimary(to: 5)])
        scene.flags = [
            "autoscalerRef": [
                "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "podinfo",
                "primaryScalerReplicas": ["maxReplicas": 3],
            ]
        ]
        #expect(try scene.step().actions == [.scalePrimary(to: 3)])
        scene.primary = Scene.ready("podinfo-primary", Scene.new, replicas: 3)
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    @Test func bringsTheConfigsBeforeTheTemplate() throws {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.configs = .differs
        #expect(try scene.step().actions == [.applyConfigs])
        scene.configs = .current
        #expect(try scene.step().actions == [.copyTemplate(revision: Scene.new)])
        // What the team changes after that is another revision's.
        scene.primary?.revision = Scene.new
        scene.target?.revision = Scene.newer
        scene.configs = .differs
        #expect(try scene.step().actions == [.setTraffic(.home)])
    }

    /// The primary was broken for an hour when what mends it was promoted, or when it was put back.
    private static func mended(_ revision: String) -> Scene {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.status.lastStepTime = Scene.now + .seconds(-5)
        scene.primary?.revision = revision
        scene.primary?.status = Workload.Status(
            replicas: 3,
            updated: 1,
            available: 1,
            isPastDeadline: true,
            pastDeadlineSince: Scene.now + .seconds(-3000),
            unavailableSince: Scene.now + .seconds(-3600)
        )
        return scene
    }

    @Test func promotesWhatMendsABrokenPrimary() throws {
        var scene = Self.mended(Scene.new)
        #expect(try scene.step().events.map(\.reason) == [.notReady])
        #expect(try scene.step(at: Scene.now + .seconds(596)).record?.isRollingBack == true)
        scene.primary?.trouble = "keeps ending"
        #expect(try scene.step().record == nil)
        #expect(try scene.step(at: Scene.now + .seconds(196)).record?.isRollingBack == true)
    }

    @Test func givesTheRestoredPrimaryItsTime() throws {
        var scene = Self.mended(Scene.new)
        scene.status = try #require(scene.step(at: Scene.now + .seconds(596)).record)
        scene.primary?.revision = Scene.old
        #expect(try scene.step(at: Scene.now + .seconds(600)).events.map(\.reason) == [.notReady])
        #expect(try scene.step(at: Scene.now + .seconds(1197)).events.map(\.reason) == [.blocked])
    }

    @Test func givesUpAPrimaryWhosePodsCannotStartAfterAThirdOfTheDeadline() throws {
        var scene = Scene.run(weight: 50, phase: .promoting)
        scene.status.lastStepTime = Scene.now
        scene.primary?.revision = Scene.new
        scene.primary?.status.available = 1
        scene.primary?.trouble = "ImagePullBackOff"
        #expect(try scene.step(at: Scene.now + .seconds(200)).record == nil)
        #expect(try scene.step(at: Scene.now + .seconds(201)).record?.isRollingBack == true)
    }
}
