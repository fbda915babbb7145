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

/// The cluster is brought back by deleting the Canary, whatever the Canary was at.
@Suite(.timeLimit(.minutes(1))) struct HandOverTests {
    /// A stretch of a rollout, and the image that is proven at its end.
    enum Story: String, CaseIterable {
        case initialisation, goodRevision, badRevision, brokenRevision, replacement, slip, gradualPromotion

        func stage() async throws -> Stage {
            var canary = try Examples.shortCanary()
            canary[path: "metadata", "finalizers"] = [.string(Handover.finalizer)]
            if self == .gradualPromotion { canary[path: "spec", "analysis", "stepWeightPromotion"] = 30 }
            let target = try Examples.shortDeployment()
            if self == .initialisation { return try Stage(canary: canary, target: target) }
            if self == .replacement || self == .slip {
                let stage = try await Stage.analysing(weight: 25, canary: canary, target: target)
                try stage.setImage("3.1.2", isWebhookDown: self == .slip)
                return stage
            }
            let stage = try await Stage.initialised(canary: canary, target: target)
            if self == .badRevision { stage.outside.answers["request-success-rate"] = .value(1) }
            if self == .brokenRevision {
                stage.world.withLock { _ = $0.brokenImages.insert("stefanprodan/podinfo:3.1.1") }
            }
            try stage.setImage("3.1.1")
            return stage
        }
    }

    @Test(arguments: Story.allCases) func bringsTheClusterBackFromEveryStep(story: Story) async throws {
        let walk = try await story.stage()
        let life = walk.life()
        var seen: Set<String> = []
        for number in 0..<40 {
            if seen.insert(Checkpoint(walk).essence().joined()).inserted {
                let stage = Stage(Checkpoint(walk))
                try await stage.deleteCanary()
                // That a slip had traffic is what the webhook is there to prevent.
                let faults = stage.leftovers(tag: String(stage.target.template.image.suffix(5))).filter { fault in
                    story != .slip || !fault.contains("traffic")
                }
                #expect(faults.isEmpty, "\(walk.phase) \(walk.proxy.weights) after \(number) rounds")
            }
            if case .after(let pause) = await walk.round(life) { walk.clock.advance(by: pause) }
        }
        #expect(seen.count > 3)
    }

    @Test func givesTheProvenTemplateBackAndSaysSo() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        let unproven = stage.revision(of: stage.target)
        let promoted = stage.canary[path: "status", "lastPromotedSpec"]?.string ?? ""
        try await stage.deleteCanary()
        #expect(stage.leftovers().isEmpty)
        #expect(
            stage.outside.messages == [
                "Terminating canary podinfo.test", "Routing all traffic to primary",
                "Bringing podinfo.test back to the promoted revision \(promoted), as \(unproven) was never proven; "
                    + "apply it again to have it",
                "Routing all traffic to podinfo.test", "Terminated canary podinfo.test",
            ]
        )
    }

    @Test func handsOverWhatTheTargetHoldsWhereThatIsWanted() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.modify(.canaries, Stage.key) { canary in
            canary[path: "metadata", "annotations", GateAnnotations.handOver] = "target"
        }
        stage.world.withLock { _ = $0.provenImages.insert("stefanprodan/podinfo:3.1.1") }
        try await stage.deleteCanary()
        #expect(stage.leftovers(tag: "3.1.1").isEmpty)
    }

    @Test func bringsTheTemplateBackFromThePrimaryWhereTheLedgerIsLost() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        for entry in stage.cluster.objects(.controllerRevisions) {
            stage.cluster.remove(.controllerRevisions, entry.key)
        }
        try await stage.deleteCanary()
        #expect(stage.leftovers().isEmpty)
        #expect(stage.target.template.text == (try Examples.object("deployment")).template.text)
    }

    @Test func keepsThePrimaryWhileTheTargetIsNotReady() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        stage.world.withLock { _ = $0.brokenImages.insert("stefanprodan/podinfo:3.1.0") }
        try await stage.deleteCanary()
        #expect(stage.phase == "Terminating")
        #expect(stage.cluster.object(.services, Stage.key)?[path: "spec", "selector", "app"] == "podinfo-primary")
        #expect(stage.primary.replicas > 0)
        #expect(stage.outside.messages.last?.contains("podinfo-primary.test serves until it is") == true)
        stage.cluster.modify(.canaries, Stage.key) { canary in
            canary[path: "metadata", "annotations", GateAnnotations.breakGlass] = "I know"
        }
        try await stage.seeItGone(stage.life())
        #expect(stage.cluster.object(.canaries, Stage.key) == nil)
        #expect(
            stage.outside.messages.last == "Letting go of podinfo.test without a hand-over, break-glass: I know"
        )
    }

    @Test func waitsForATargetThatIsNotThere() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let target = stage.target
        stage.cluster.remove(.deployments, Stage.key)
        try await stage.deleteCanary()
        #expect(stage.phase == "Terminating")
        #expect(stage.outside.messages.last?.contains("is not there to hand over to") == true)
        stage.cluster.put(.deployments, target)
        try await stage.seeItGone(stage.life())
        #expect(stage.leftovers().isEmpty)
    }

    @Test func holdsNoNamespaceUp() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        stage.cluster.put(
            .namespaces,
            ["metadata": ["name": "test", "deletionTimestamp": .string(stage.clock.now().rfc3339)]]
        )
        try await stage.cluster.delete(.canaries, Stage.key)
        let life = stage.life()
        await stage.round(life)
        #expect(stage.cluster.object(.canaries, Stage.key) == nil)
    }

    /// What deleted a Canary must be able to bring it back.
    @Test func aCanaryThatIsMadeAgainTakesOverTheRouteThatWasLeft() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.modify(.httpProxies, Stage.key) { proxy in
            proxy[path: "metadata", "annotations", "team"] = "a"
        }
        try await stage.deleteCanary()
        #expect(stage.leftovers().isEmpty)
        #expect(stage.cluster.object(.httpProxies, Stage.key)?.annotation(Handover.leftBy) == "podinfo")
        var canary = try Examples.shortCanary()
        canary[path: "metadata", "uid"] = "another"
        stage.cluster.put(.canaries, canary)
        try await stage.run(stage.life(), until: .initialized)
        let proxy = try #require(stage.cluster.object(.httpProxies, Stage.key))
        #expect(proxy[path: "metadata", "ownerReferences"]?[0]?["uid"]?.string == stage.canary.uid)
        #expect(proxy.annotation(Handover.leftBy) == nil)
        #expect(proxy.annotation("team") == "a")
        #expect(proxy.label(GateAnnotations.managed) == "true")
        #expect(proxy.weights == [100, 0])
        #expect(stage.faults.isEmpty)
    }

    @Test func takesFlaggersFinalizerOffToo() async throws {
        var canary = try Examples.shortCanary()
        canary[path: "metadata", "finalizers"] = ["finalizer.flagger.app", "example.com/audit"]
        let stage = try await Stage.initialised(canary: canary)
        try await stage.cluster.delete(.canaries, Stage.key)
        let life = stage.life()
        for _ in 0..<12 {
            if case .after(let pause) = await stage.round(life) { stage.clock.advance(by: min(pause, .seconds(60))) }
        }
        #expect(stage.canary[path: "metadata", "finalizers"] == ["example.com/audit"])
        #expect(stage.phase == "Terminated")
        #expect(stage.target.replicas > 0)
        let calls = life.link.calls.count
        await stage.round(life)
        #expect(life.link.calls.dropFirst(calls).allSatisfy { $0.isRead })
    }

    @Test func putsTheSelectorOfATeamsServiceBack() async throws {
        let stage = try Stage(canary: Examples.shortCanary())
        let applied: JSONValue = ["spec": ["selector": ["app": "podinfo"], "ports": [["port": 80]]]]
        stage.cluster.put(
            .services,
            [
                "apiVersion": "v1", "kind": "Service",
                "metadata": [
                    "name": "podinfo", "namespace": "test",
                    "annotations": [
                        "kubectl.kubernetes.io/last-applied-configuration": .string(applied.text), "team": "a",
                    ],
                ],
                "spec": ["selector": ["app": "podinfo"], "ports": [["port": 80]]],
            ]
        )
        try await stage.run(stage.life(), until: .initialized)
        await stage.round(stage.life())
        #expect(stage.cluster.object(.services, Stage.key)?[path: "spec", "selector", "app"] == "podinfo-primary")
        try await stage.deleteCanary()
        #expect(stage.leftovers().isEmpty)
        #expect(stage.cluster.object(.services, Stage.key)?.annotation("team") == "a")
    }

    @Test func readsWhatWasPromotedWhereTheConfigMapHasChangedSince() async throws {
        let stage = try Stage(canary: Examples.shortCanary(), target: Stage.configuredDeployment())
        stage.setConfig("blue")
        stage.proveTarget()
        try await stage.run(stage.life(), until: .initialized)
        for _ in 0..<2 { await stage.round(stage.life()) }
        stage.setConfig("green")
        try await stage.run(stage.life()) { $0.canary[path: "status", "canaryWeight"]?.int == 25 }
        try await stage.deleteCanary()
        #expect(stage.leftovers().isEmpty)
        let container = stage.target[path: "spec", "template", "spec", "containers"]?[0]
        #expect(container?["envFrom"]?[0]?["configMapRef"]?["name"] == "podinfo-config-primary")
        #expect(stage.target[path: "spec", "template", "metadata", "annotations", GateAnnotations.configs] == nil)
        let copy = stage.cluster.object(.configMaps, "test", "podinfo-config-primary")
        #expect(copy?["data"] == ["color": "blue"])
        // Made again, the Canary leaves that copy to the pods that still read it.
        stage.cluster.put(.deployments, try Stage.configuredDeployment())
        stage.cluster.put(.canaries, try Examples.shortCanary())
        stage.proveTarget()
        try await stage.run(stage.life(), until: .initialized)
        let primary = stage.primary[path: "spec", "template", "spec", "containers"]?[0]
        #expect(primary?["envFrom"]?[0]?["configMapRef"]?["name"] == "podinfo-config-podinfo-primary")
        #expect(stage.cluster.object(.configMaps, "test", "podinfo-config-primary")?["data"] == ["color": "blue"])
    }
}
