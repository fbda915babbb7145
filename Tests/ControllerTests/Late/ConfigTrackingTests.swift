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

/// ConfigMaps and Secrets as part of a revision.
@Suite(.timeLimit(.minutes(1))) struct ConfigTrackingTests {
    private static func stage() async throws -> Stage {
        let stage = try Stage(canary: Examples.shortCanary(), target: Stage.configuredDeployment())
        stage.setConfig("blue")
        stage.proveTarget()
        try await stage.run(stage.life(), until: .initialized)
        for _ in 0..<2 { await stage.round(stage.life()) }
        stage.outside.forget()
        return stage
    }

    @Test func analysesAChangeOfAConfigMap() async throws {
        let stage = try await Self.stage()
        let promoted = stage.canary[path: "status", "lastPromotedSpec"]?.string ?? ""
        #expect(RevisionDigest.hasConfigs(promoted))
        stage.setConfig("green")
        let life = stage.life()
        await stage.round(life)
        #expect(stage.target.annotation(GateAnnotations.gate) == "closed")
        #expect(stage.target.annotation(GateAnnotations.change) == "configmap/podinfo-config: key color")
        #expect(stage.target.annotation(GateAnnotations.requestedBy) == "ada")
        #expect(stage.outside.messages.first?.hasPrefix("configmap/podinfo-config: key color: new revision 2-") == true)
        #expect(stage.outside.messages.first?.hasSuffix(" of podinfo.test by ada, its gate is closed") == true)
        try await stage.run(life, until: .succeeded)
        let revision = stage.canary[path: "status", "lastPromotedSpec"]?.string ?? ""
        #expect(RevisionDigest.template(of: revision) == RevisionDigest.template(of: promoted))
        #expect(revision != promoted)
        #expect(stage.target[path: "spec", "paused"] == false)
        #expect(stage.faults.isEmpty)
    }

    @Test func rollsABadConfigMapBackAndDoesNotTryItAgain() async throws {
        let stage = try await Self.stage()
        stage.outside.answers["request-success-rate"] = .value(1)
        stage.setConfig("green")
        let life = stage.life()
        try await stage.run(life, until: .failed)
        for _ in 0..<3 { await stage.round(life) }
        #expect(stage.phase == "Failed")
        #expect(stage.target.replicas == 0)
        stage.setConfig("blue")
        for _ in 0..<3 { await stage.round(life) }
        #expect(stage.target[path: "spec", "paused"] == false)
        #expect(stage.target.replicas == 0)
    }

    @Test func makesThePodsUnderAnalysisAnewWhenTheirConfigMapChanges() async throws {
        let stage = try await Self.stage()
        try stage.setImage("3.1.1")
        let life = stage.life()
        try await stage.run(life) { $0.canary[path: "status", "canaryWeight"]?.int == 25 }
        stage.setConfig("green")
        let before = life.link.calls.count
        for _ in 0..<12 { await stage.round(life) }
        let changes = life.link.calls.dropFirst(before).filter { $0.hasPrefix("patch ") }
        let targetChanges = changes.filter { $0 == "patch deployments.apps test/podinfo" }
        #expect(changes.first == "patch httpproxies.projectcontour.io test/podinfo")
        // Closed, scaled to none, let in.
        #expect(targetChanges.count == 3)
        try await stage.run(life, until: .succeeded)
        #expect(stage.faults.isEmpty)
    }

    @Test func leavesAConfigMapAloneThatOptedOut() async throws {
        let stage = try await Self.stage()
        let revision = stage.canary[path: "status", "lastPromotedSpec"]
        stage.cluster.modify(.configMaps, Stage.config) { config in
            config[path: "metadata", "annotations", "flagger.app/config-tracking"] = "disabled"
        }
        // Not being tracked any more is a change as well.
        try await stage.run(stage.life()) { $0.phase == "Succeeded" }
        #expect(stage.canary[path: "status", "lastPromotedSpec"] != revision)
        stage.cluster.modify(.configMaps, Stage.config) { $0[path: "data", "color"] = "red" }
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(stage.phase == "Succeeded")
        #expect(stage.canary[path: "status", "trackedConfigs"] == [:])
    }

    @Test func marksTheConfigMapThatItTracks() async throws {
        let stage = try await Self.stage()
        #expect(stage.cluster.object(.configMaps, Stage.config)?.label(GateAnnotations.managed) == "true")
    }
}
