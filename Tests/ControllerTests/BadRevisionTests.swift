import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// A revision that does not pass.
@Suite(.timeLimit(.minutes(1))) struct BadRevisionTests {
    @Test func isRolledBackAfterAsManyFailedChecksAsAllowed() async throws {
        let stage = try await Stage.analysing(weight: 10)
        let before = stage.primary
        stage.outside.answers["request-success-rate"] = .value(95)
        let start = stage.clock.now()
        try await stage.run(stage.life(), until: .failed)
        #expect(stage.clock.now() - start == .seconds(150))
        let halt = "Halt podinfo.test advancement success rate 95.00% < 99%"
        #expect(
            stage.outside.messages.filter { !$0.contains("load-test") } == [
                halt, halt, halt, halt, halt, "Rolling back podinfo.test failed checks threshold reached 5",
                "Routing all traffic to primary", "Canary failed! Scaling down podinfo.test",
            ]
        )
        #expect(stage.failedChecks == 5)
        #expect(stage.primary == before)
        #expect(stage.target.replicas == 0)
        #expect(stage.proxy.weights == [100, 0])
        #expect(stage.faults.isEmpty)
    }

    @Test func isNotTriedAgain() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.outside.answers["request-success-rate"] = .noData
        try await stage.run(stage.life(), until: .failed)
        stage.outside.forget()
        let life = stage.life()
        for _ in 0..<5 { await stage.round(life) }
        #expect(stage.phase == "Failed")
        #expect(stage.outside.told.isEmpty)
        #expect(stage.outside.asked.isEmpty)
        #expect(life.link.calls.allSatisfy { $0.isRead })
    }

    @Test func makesWayForABetterOne() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.outside.answers["request-success-rate"] = .value(0)
        let life = stage.life()
        try await stage.run(life, until: .failed)
        stage.outside.answers = [:]
        try stage.setImage("3.1.2")
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.failedChecks == 0)
        #expect(stage.faults.isEmpty)
    }

    @Test func neverGetsTrafficWhenItsPodsDoNotComeUp() async throws {
        let stage = try await Stage.initialised()
        stage.world.withLock { $0.brokenImages = ["stefanprodan/podinfo:3.1.1"] }
        try stage.setImage("3.1.1")
        let life = stage.life()
        let start = stage.clock.now()
        try await stage.run(life, until: .failed)
        #expect(stage.clock.now() - start > .seconds(600))
        #expect(stage.failedChecks == 0)
        #expect(
            stage.outside.messages == [
                "New revision detected! Scaling up podinfo.test",
                "canary deployment podinfo.test not ready: waiting for rollout to finish: "
                    + "0 of 2 (readyThreshold 100%) updated replicas are available",
                "Rolling back podinfo.test canary deployment podinfo.test not ready: "
                    + "deployment \"podinfo\" exceeded its progress deadline",
                "Canary failed! Scaling down podinfo.test",
            ]
        )
        #expect(life.link.calls.allSatisfy { !$0.contains("httpproxies") || $0.hasPrefix("get ") })
        #expect(stage.faults.isEmpty)
    }

    @Test func losesItsTrafficWhileItHasNoPods() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.world.withLock { world in
            world.brokenImages = ["stefanprodan/podinfo:3.1.1"]
            // The crash is nothing that the loop could foresee.
            world.pods[Stage.key]?.available = 0
        }
        let life = stage.life()
        stage.settle()
        await stage.round(life)
        #expect(stage.proxy.weights == [100, 0])
        #expect(
            stage.outside.messages == ["Routing all traffic to primary, as podinfo.test has no pod to take any"]
        )
        stage.world.withLock { world in
            world.brokenImages = []
            world.faults = []
        }
        stage.settle()
        try await stage.run(life, until: .succeeded)
        #expect(stage.faults.isEmpty)
    }

    @Test func keepsItsTrafficWhileItIsScaled() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.modify(.deployments, test) { $0[path: "spec", "replicas"] = 3 }
        let life = stage.life()
        _ = await life.controller.reconcile(test)
        #expect(stage.proxy.weights == [75, 25])
        #expect(
            stage.outside.messages == [
                "canary deployment podinfo.test not ready: observed deployment generation less than desired generation"
            ]
        )
    }
}
