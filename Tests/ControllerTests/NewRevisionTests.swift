import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// A revision that comes while another is on its way.
@Suite(.timeLimit(.minutes(1))) struct NewRevisionTests {
    private static func changes(_ life: Stage.Life) -> [String] {
        life.link.calls.filter { call in
            ["patch ", "update ", "create "].contains { call.hasPrefix($0) } && !call.contains("controllerrevisions")
        }
    }

    @Test func startsTheAnalysisAnewWithTheTrafficAtHome() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        try stage.setImage("3.1.2")
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(
            Self.changes(life) == [
                "patch canaries.flagger.app/status test/podinfo",
                "patch httpproxies.projectcontour.io test/podinfo",
                "patch deployments.apps test/podinfo",
            ]
        )
        #expect(
            stage.outside.messages == [
                "New revision detected! Restarting analysis for podinfo.test", "Routing all traffic to primary",
            ]
        )
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.outside.asked.count { $0.hasPrefix("pre-rollout") } == 1)
        #expect(stage.faults.isEmpty)
    }

    @Test func keepsTheGateShutUntilContourHasTakenTheTrafficHome() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        try stage.setImage("3.1.2")
        stage.world.withLock { $0.hasContour = false }
        let life = stage.life()
        for _ in 0..<6 { await stage.round(life) }
        #expect(stage.proxy.weights == [100, 0])
        #expect(stage.target[path: "spec", "paused"] == true)
        stage.world.withLock { $0.hasContour = true }
        try await stage.run(life, until: .succeeded)
        #expect(stage.faults.isEmpty)
    }

    @Test func endsTheRunWhenThePromotedRevisionIsSetAgain() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        let before = stage.primary
        try stage.setImage("3.1.0")
        let revision = stage.revision(of: stage.target)
        try await stage.run(stage.life(), until: .initialized)
        #expect(
            stage.outside.messages == [
                "Routing all traffic to primary",
                "Promoted revision \(revision) is back on podinfo.test, ending analysis",
            ]
        )
        #expect(stage.target.replicas == 0)
        #expect(stage.target[path: "spec", "paused"] == false)
        #expect(stage.primary == before)
        #expect(stage.canary[path: "status", "lastAppliedSpec"]?.string == revision)
        #expect(stage.faults.isEmpty)
    }

    @Test func isNotCopiedInPlaceOfTheOneThatPassed() async throws {
        let stage = try await Stage.analysing(weight: 50, canary: Examples.shortCanary())
        let life = stage.life()
        try await stage.run(life, until: .promoting)
        try stage.setImage("3.1.2")
        await stage.round(life)
        #expect(stage.phase == "Progressing")
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.0")
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.faults.isEmpty)
    }

    @Test func waitsForAPromotionThatHasBegun() async throws {
        let stage = try await Stage.analysing(weight: 50, canary: Examples.shortCanary())
        stage.world.withLock { $0.slowness = 3 }
        let life = stage.life()
        try await stage.run(life) { $0.primary.template.image == "stefanprodan/podinfo:3.1.1" }
        try stage.setImage("3.1.2")
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        await stage.round(life)
        #expect(stage.phase == "Progressing")
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.faults.isEmpty)
    }

    @Test func waitsForARollbackThatHasBegun() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.outside.answers["request-success-rate"] = .value(1)
        let life = stage.life()
        try await stage.run(life) { $0.failedChecks == 2 }
        stage.outside.answers = [:]
        try stage.setImage("3.1.2")
        try await stage.run(life, until: .failed)
        #expect(stage.target.replicas == 0)
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.faults.isEmpty)
    }

    @Test func losesTheTrafficAtOnceWhenNoWebhookHeldItBack() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        try stage.setImage("3.1.2", isWebhookDown: true)
        let life = stage.life()
        await stage.round(life)
        await stage.round(life)
        #expect(stage.proxy.weights == [100, 0])
        // That they had traffic until then is what the webhook is there to prevent.
        stage.world.withLock { $0.faults = [] }
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.faults.isEmpty)
    }
}
