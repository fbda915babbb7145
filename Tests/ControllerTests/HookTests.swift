import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// When hooks are called, and what follows from their answers.
@Suite(.timeLimit(.minutes(1))) struct HookTests {
    private static func canary() throws -> JSONValue {
        var canary = try Examples.shortCanary()
        let kinds = [
            "confirm-rollout", "pre-rollout", "rollout", "confirm-traffic-increase", "confirm-promotion",
            "post-rollout", "rollback",
        ]
        canary[path: "spec", "analysis", "webhooks"] = .array(
            kinds.map { kind in
                ["name": .string("h"), "type": .string(kind), "url": .string("http://hooks.test/\(kind)")]
            }
        )
        canary[path: "spec", "analysis", "metrics"] = []
        return canary
    }

    /// The Canary with hooks named after their kinds.
    private static func named() throws -> JSONValue {
        var canary = try canary()
        let hooks = canary[path: "spec", "analysis", "webhooks"]?.array ?? []
        canary[path: "spec", "analysis", "webhooks"] = .array(
            hooks.map { hook in
                var hook = hook
                hook["name"] = hook["type"]
                return hook
            }
        )
        return canary
    }

    @Test func areCalledInTheirOrder() async throws {
        let stage = try await Stage.initialised(canary: Self.canary())
        try stage.setImage("3.1.1")
        try await stage.run(stage.life(), until: .succeeded)
        #expect(
            stage.outside.asked == [
                "confirm-rollout h Initialized",
                "rollback h Progressing", "pre-rollout h Progressing", "confirm-traffic-increase h Progressing",
                "rollback h Progressing", "rollout h Progressing", "confirm-traffic-increase h Progressing",
                "rollback h Progressing", "rollout h Progressing", "confirm-traffic-increase h Progressing",
                "confirm-promotion h Progressing",
                "post-rollout h Succeeded",
            ]
        )
    }

    @Test func keepARevisionOutUntilTheyConfirmIt() async throws {
        let stage = try await Stage.initialised(canary: Self.named())
        stage.outside.answers["confirm-rollout"] = .refused("closed")
        try stage.setImage("3.1.1")
        let life = stage.life()
        try await stage.run(life, until: .waiting)
        for _ in 0..<4 {
            stage.clock.advance(by: .seconds(30))
            await stage.round(life)
        }
        #expect(stage.outside.messages == ["Halt podinfo.test advancement waiting for approval confirm-rollout"])
        #expect(stage.target.replicas == 0)
        #expect(stage.target[path: "spec", "paused"] == true)
        stage.outside.answers = [:]
        try await stage.run(life, until: .succeeded)
        #expect(stage.faults.isEmpty)
    }

    @Test func keepARevisionOutThatComesInARun() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Self.named())
        stage.outside.answers["confirm-rollout"] = .refused("closed")
        try stage.setImage("3.1.2")
        let life = stage.life()
        try await stage.run(life, until: .waiting)
        for _ in 0..<4 {
            stage.clock.advance(by: .seconds(30))
            await stage.round(life)
        }
        #expect(
            stage.outside.messages == [
                "Routing all traffic to primary",
                "Halt podinfo.test advancement waiting for approval confirm-rollout",
            ]
        )
        #expect(stage.target.replicas == 0)
        #expect(stage.target[path: "spec", "paused"] == true)
        stage.outside.answers = [:]
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.faults.isEmpty)
    }

    @Test(arguments: ["pre-rollout", "rollout"])
    func countAsFailedChecks(kind: String) async throws {
        let stage = try await Stage.initialised(canary: Self.named())
        stage.outside.answers[kind] = .refused("boom")
        try stage.setImage("3.1.1")
        try await stage.run(stage.life(), until: .failed)
        #expect(stage.failedChecks == 2)
        let words = kind == "rollout" ? "external check rollout" : "pre-rollout check pre-rollout"
        let halt = "Halt podinfo.test advancement \(words) failed boom"
        #expect(stage.outside.messages.count { $0 == halt } == 2)
        #expect(stage.outside.asked.last == "post-rollout post-rollout Failed")
        #expect(stage.faults.isEmpty)
    }

    @Test func holdTheWeightWithoutCountingAgainstTheRevision() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Self.named())
        stage.outside.answers["confirm-traffic-increase"] = .refused("not yet")
        let life = stage.life()
        for _ in 0..<6 {
            stage.clock.advance(by: .seconds(30))
            await stage.round(life)
        }
        #expect(stage.proxy.weights == [75, 25])
        #expect(stage.failedChecks == 0)
        stage.outside.answers = [:]
        try await stage.run(life, until: .succeeded)
    }

    @Test func areNotAskedAgainBeforeTheFirstTrafficOnceTheyPassed() async throws {
        let stage = try await Stage.initialised(canary: Self.named())
        stage.outside.answers["confirm-traffic-increase"] = .refused("not yet")
        try stage.setImage("3.1.1")
        let life = stage.life()
        try await stage.run(life) { $0.outside.asked.count { $0.hasPrefix("confirm-traffic") } == 3 }
        #expect(stage.outside.asked.count { $0.hasPrefix("pre-rollout") } == 1)
        #expect(stage.outside.messages.count { $0.hasPrefix("Starting") } == 1)
    }

    @Test func keepThePromotionWaitingWithTheTrafficWhereItIs() async throws {
        let stage = try await Stage.analysing(weight: 50, canary: Self.named())
        stage.outside.answers["confirm-promotion"] = .refused("not yet")
        let life = stage.life()
        try await stage.run(life, until: .waitingPromotion)
        stage.clock.advance(by: .seconds(30))
        await stage.round(life)
        #expect(stage.proxy.weights == [50, 50])
        #expect(stage.canary[path: "status", "canaryWeight"] == 50)
        stage.outside.answers = [:]
        try await stage.run(life, until: .succeeded)
        #expect(stage.faults.isEmpty)
    }

    @Test func rollBackWhenAskedTo() async throws {
        let stage = try await Stage.analysing(weight: 50, canary: Self.named())
        stage.outside.answers["rollback"] = .passed
        let life = stage.life()
        try await stage.run(life, until: .failed)
        #expect(stage.failedChecks == 0)
        #expect(stage.proxy.weights == [100, 0])
        #expect(stage.target.replicas == 0)
        #expect(stage.outside.asked == ["rollback rollback Progressing", "post-rollout post-rollout Failed"])
        #expect(
            stage.outside.messages.prefix(2) == [
                "Rollback check rollback passed", "Rolling back podinfo.test manual webhook invoked",
            ]
        )
        #expect(stage.faults.isEmpty)
    }

    @Test func failAfterTheEndWithoutConsequence() async throws {
        let stage = try await Stage.analysing(weight: 50, canary: Self.named())
        stage.outside.answers["post-rollout"] = .unavailable("nobody there")
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.outside.messages.last == "Post-rollout hook post-rollout failed nobody there")
    }
}
