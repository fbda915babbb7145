import Controller
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// What slipped past the gate while no webhook was there to close it.
@Suite(.timeLimit(.minutes(1))) struct LateGateTests {
    @Test func closesTheGateBehindARevisionThatNobodyStamped() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1", isWebhookDown: true)
        stage.noteManager("kubectl-set", at: stage.clock.now())
        stage.clock.advance(by: .seconds(12))
        await stage.round(stage.life())
        let target = stage.target
        #expect(target[path: "spec", "paused"] == true)
        #expect(target.annotation(GateAnnotations.gate) == "closed")
        #expect(target.annotation(GateAnnotations.change) == "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1")
        #expect(target.annotation(GateAnnotations.requestedBy) == "kubectl-set")
        let revision = stage.revision(of: target)
        #expect(
            stage.outside.messages == [
                "Revision \(revision) of podinfo.test came past the gate by kubectl-set and is gated 12s late: "
                    + "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1"
            ]
        )
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.target[path: "spec", "paused"] == false)
        #expect(stage.faults.isEmpty)
    }

    @Test func saysNobodyWhereNothingTellsWhoItWas() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1", isWebhookDown: true)
        await stage.round(stage.life())
        #expect(stage.target.annotation(GateAnnotations.requestedBy) == "unknown")
        #expect(stage.target.annotation(GateAnnotations.requestedAt) == nil)
        #expect(stage.outside.messages.first?.contains("and is gated late: ") == true)
    }

    @Test func takesTheTrafficHomeBeforeItClosesTheGate() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        try stage.setImage("3.1.2", isWebhookDown: true)
        let life = stage.life()
        await stage.round(life)
        #expect(stage.proxy.weights == [100, 0])
        #expect(stage.target[path: "spec", "paused"]?.bool != true)
        await stage.round(life)
        #expect(stage.target[path: "spec", "paused"] == true)
        // That they had traffic until then is what the webhook is there to prevent.
        stage.world.withLock { $0.faults = [] }
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.2")
        #expect(stage.faults.isEmpty)
    }

    @Test func pausesAgainWhatWasUnpausedBeforeItWasLetIn() async throws {
        var canary = try Examples.shortCanary()
        canary[path: "spec", "analysis", "webhooks"] = [
            ["name": "gate", "type": "confirm-rollout", "url": "http://hooks.test/gate"]
        ]
        let stage = try await Stage.initialised(canary: canary)
        stage.outside.answers["gate"] = .refused("not yet")
        try stage.setImage("3.1.1")
        let life = stage.life()
        await stage.round(life)
        stage.cluster.modify(.deployments, Stage.key) { $0[path: "spec", "paused"] = false }
        await stage.round(life)
        #expect(stage.target[path: "spec", "paused"] == true)
        #expect(stage.outside.messages.last?.contains("was unpaused before it was let in") == true)
    }

    @Test func believesNoStampThatItDidNotWrite() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        stage.cluster.modify(.deployments, Stage.key) { target in
            target[path: "metadata", "annotations", GateAnnotations.gate] = "open"
            target[path: "spec", "paused"] = false
        }
        await stage.round(stage.life())
        #expect(stage.target.annotation(GateAnnotations.gate) == "closed")
        #expect(stage.target[path: "spec", "paused"] == true)
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.outside.asked.contains("pre-rollout smoke Progressing"))
    }

    @Test func closesTheGateOfASuspendedCanaryToo() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.modify(.canaries, Stage.key) { $0[path: "spec", "suspend"] = true }
        try stage.setImage("3.1.2", isWebhookDown: true)
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(stage.proxy.weights == [100, 0])
        #expect(stage.target[path: "spec", "paused"] == true)
        #expect(stage.phase == "Progressing")
    }

    @Test func marksWhatAdmissionIsToSeeOnceAndHoldsTheCanary() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        #expect(stage.target.label(GateAnnotations.managed) == "true")
        #expect(stage.primary.label(GateAnnotations.managed) == "true")
        #expect(stage.proxy.label(GateAnnotations.managed) == "true")
        #expect(stage.canary[path: "metadata", "finalizers"] == [.string(Handover.finalizer)])
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(life.link.calls.allSatisfy { $0.isRead })
    }
}
