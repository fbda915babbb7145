import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// A revision that passes.
@Suite(.timeLimit(.minutes(1))) struct GoodRevisionTests {
    @Test func stepsOncePerIntervalAndIsPromoted() async throws {
        let stage = try await Stage.initialised()
        try stage.setImage("3.1.1")
        let revision = stage.revision(of: stage.target)
        #expect(stage.target[path: "spec", "paused"] == true)
        let life = stage.life()
        let start = stage.clock.now()
        var steps: [String] = []
        try await stage.run(life) { stage in
            let weights = stage.proxy.weights
            let step = "\((stage.clock.now() - start).components.seconds) \(weights[0])/\(weights[1])"
            if steps.last?.split(separator: " ").last != step.split(separator: " ").last { steps.append(step) }
            return stage.phase == "Succeeded"
        }
        #expect(
            steps == [
                "0 100/0", "0 95/5", "30 90/10", "60 85/15", "90 80/20", "120 75/25", "150 70/30", "180 65/35",
                "210 60/40", "240 55/45", "270 50/50", "300 100/0",
            ]
        )
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.primary.template[path: "metadata", "labels"] == ["app": "podinfo-primary"])
        #expect(stage.primary.annotation("canarygate.dev/revision") == revision)
        #expect(stage.target.replicas == 0)
        #expect(stage.canary[path: "status", "lastPromotedSpec"]?.string == revision)
        #expect(stage.canary[path: "status", "canaryWeight"] == 0)
        #expect(stage.faults.isEmpty)
    }

    @Test func tellsItInFlaggersWords() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        try await stage.run(stage.life(), until: .succeeded)
        #expect(
            stage.outside.messages == [
                "New revision detected! Scaling up podinfo.test",
                "Starting canary analysis for podinfo.test",
                "Pre-rollout check smoke passed",
                "Advance podinfo.test canary weight 25",
                "Rollout check load passed",
                "Advance podinfo.test canary weight 50",
                "Rollout check load passed",
                "Copying podinfo.test template spec to podinfo-primary.test",
                "Routing all traffic to primary",
                "Promotion completed! Scaling down podinfo.test",
                "Post-rollout check bell passed",
            ]
        )
        #expect(stage.outside.told.allSatisfy { !$0.isWarning })
    }

    @Test func waitsForPodsThatAreSlow() async throws {
        let stage = try await Stage.initialised()
        stage.world.withLock { $0.slowness = 4 }
        try stage.setImage("3.1.1")
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.faults.isEmpty)
    }

    @Test func givesTheTargetAsManyPodsAsItsAutoscalerAllows() async throws {
        let stage = try await Stage.initialised()
        try stage.setImage("3.1.1")
        let life = stage.life()
        try await stage.run(life) { $0.target.replicas > 0 }
        #expect(stage.target.replicas == 2)
        #expect(stage.target[path: "spec", "paused"] == false)
        #expect(stage.target.annotation("canarygate.dev/gate") == "open")
        #expect(stage.proxy.weights == [100, 0])
    }

    @Test func changesNothingButTheTwoWeights() async throws {
        let stage = try await Stage.initialised()
        let policy: JSONValue = ["disabled": true]
        stage.cluster.modify(.httpProxies, test) { proxy in
            var route = proxy[path: "spec", "routes"]?[0] ?? .null
            route["authPolicy"] = policy
            let static404: JSONValue = [
                "conditions": [["prefix": "/none"]], "directResponsePolicy": ["statusCode": 404],
            ]
            proxy[path: "spec", "routes"] = [static404, route]
            proxy[path: "metadata", "labels", "team"] = "web"
        }
        let before = stage.proxy
        stage.settle()
        try stage.setImage("3.1.1")
        let life = stage.life()
        try await stage.run(life) { $0.canary[path: "status", "canaryWeight"] == 5 }
        #expect(stage.proxy[path: "spec", "routes"]?[1]?["services"]?[1]?["weight"] == 5)
        try await stage.run(life, until: .succeeded)
        #expect(stage.proxy["spec"] == before["spec"])
        #expect(stage.proxy.label("team") == "web")
        let touched = life.link.calls.filter { $0.contains("httpproxies") && !$0.hasPrefix("get ") }
        #expect(Set(touched) == ["patch httpproxies.projectcontour.io test/podinfo"])
    }

    @Test func promotesStepByStep() async throws {
        var canary = try Examples.shortCanary()
        canary[path: "spec", "analysis", "stepWeightPromotion"] = 30
        let stage = try await Stage.analysing(weight: 50, canary: canary)
        try await stage.run(stage.life(), until: .succeeded)
        #expect(
            stage.outside.messages.filter { $0.contains("primary") } == [
                "Copying podinfo.test template spec to podinfo-primary.test",
                "Advance podinfo.test primary weight 80", "Advance podinfo.test primary weight 100",
            ]
        )
        #expect(stage.faults.isEmpty)
    }

    @Test func givesEachWeightAWholeIntervalHoweverLongTheHooksTake() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        let clock = stage.clock
        stage.outside.onAsk { if $0.hasPrefix("rollout") { clock.advance(by: .seconds(45)) } }
        let life = stage.life()
        try await stage.run(life) { $0.canary[path: "status", "canaryWeight"] == 50 }
        let start = clock.now()
        stage.outside.onAsk { _ in }
        stage.outside.forget()
        await stage.round(life)
        #expect(stage.outside.asked.isEmpty)
        try await stage.run(life, until: .promoting)
        #expect(clock.now() - start == .seconds(30))
    }

    @Test func treatsAChangeThatNoWebhookSawAsAClosedGate() async throws {
        let stage = try await Stage.initialised()
        try stage.setImage("3.1.1", isWebhookDown: true)
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.faults.isEmpty)
    }

    @Test func skipsTheAnalysisWhenToldSo() async throws {
        var canary = try Examples.shortCanary()
        canary[path: "spec", "skipAnalysis"] = true
        let stage = try await Stage.initialised(canary: canary)
        try stage.setImage("3.1.1")
        try await stage.run(stage.life(), until: .succeeded)
        #expect(stage.outside.asked == ["post-rollout bell Succeeded"])
        #expect(
            stage.outside.messages.contains("Promotion completed! Canary analysis was skipped for podinfo.test")
        )
        #expect(stage.faults.isEmpty)
    }
}
