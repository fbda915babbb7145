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

/// Objects of the loop that are lost or changed.
@Suite(.timeLimit(.minutes(1))) struct DriftTests {
    /// A stage at rest whose gate is open.
    private static func resting() async throws -> Stage {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        await stage.round(stage.life())
        stage.outside.forget()
        return stage
    }

    static let places: [(ResourceType, String, String)] = [
        (.deployments, "podinfo-primary", "Deployment podinfo-primary.test"),
        (.services, "podinfo", "Service podinfo.test"),
        (.services, "podinfo-primary", "Service podinfo-primary.test"),
        (.services, "podinfo-canary", "Service podinfo-canary.test"),
        (.httpProxies, "podinfo", "HTTPProxy podinfo.test"),
    ]

    @Test(arguments: places)
    func makesALostObjectAgain(type: ResourceType, name: String, label: String) async throws {
        let stage = try await Self.resting()
        let key = ObjectKey(namespace: "test", name: name)
        let before = stage.cluster.object(type, key)?["spec"]
        stage.cluster.remove(type, key)
        await stage.round(stage.life())
        #expect(stage.cluster.object(type, key)?["spec"] == before)
        #expect(stage.outside.messages == ["\(label) was missing or changed and is set right"])
    }

    @Test func setsASelectorRight() async throws {
        let stage = try await Self.resting()
        stage.cluster.modify(.services, test) { service in
            service[path: "spec", "selector"] = ["app": "podinfo"]
            service[path: "spec", "sessionAffinity"] = "ClientIP"
        }
        await stage.round(stage.life())
        let spec = stage.cluster.object(.services, test)?["spec"]
        #expect(spec?["selector"] == ["app": "podinfo-primary"])
        #expect(spec?["sessionAffinity"] == "ClientIP")
    }

    @Test func leavesAServiceAsItIsBehindABrokenGlass() async throws {
        let stage = try await Self.resting()
        stage.cluster.modify(.services, test) { service in
            service[path: "spec", "selector"] = ["app": "by-hand"]
            service[path: "metadata", "annotations", GateAnnotations.breakGlass] = "incident 7"
        }
        let life = stage.life()
        for _ in 0..<2 { await stage.round(life) }
        #expect(stage.cluster.object(.services, test)?[path: "spec", "selector"] == ["app": "by-hand"])
        stage.cluster.modify(.services, test) {
            $0[path: "metadata", "annotations", GateAnnotations.breakGlass] = nil
        }
        await stage.round(life)
        #expect(stage.cluster.object(.services, test)?[path: "spec", "selector"] == ["app": "podinfo-primary"])
        #expect(stage.outside.messages.last == "Service podinfo.test was missing or changed and is set right")
    }

    @Test func setsWeightsRight() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        stage.cluster.modify(.httpProxies, test) { proxy in
            guard var route = proxy[path: "spec", "routes"]?[0] else { return }
            route["services"] = [
                ["name": "podinfo-primary", "port": 80, "weight": 100],
                ["name": "podinfo-canary", "port": 80, "weight": 0],
            ]
            proxy[path: "spec", "routes"] = [route]
        }
        stage.clock.advance(by: .seconds(20))
        let life = stage.life()
        await stage.round(life)
        #expect(stage.proxy.weights == [75, 25])
        // What was measured meanwhile says nothing.
        stage.clock.advance(by: .seconds(20))
        await stage.round(life)
        #expect(stage.outside.asked.isEmpty)
        #expect(stage.faults.isEmpty)
    }

    @Test func copiesAnAutoscalersChange() async throws {
        let stage = try await Self.resting()
        stage.cluster.modify(.autoscalers, test) { $0[path: "spec", "maxReplicas"] = 7 }
        await stage.round(stage.life())
        let copy = stage.cluster.object(.autoscalers, Stage.primaryKey)
        #expect(copy?[path: "spec", "maxReplicas"] == 7)
        #expect(copy?[path: "spec", "scaleTargetRef", "name"] == "podinfo-primary")
    }

    @Test(arguments: [false, true])
    func makesALostPrimaryOfWhatTheLedgerHolds(isAtRest: Bool) async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        let before = stage.primary["spec"]
        if isAtRest {
            stage.outside.answers["request-success-rate"] = .value(50)
            try await stage.run(stage.life(), until: .failed)
            stage.outside.answers = [:]
        }
        stage.cluster.remove(.deployments, Stage.primaryKey)
        let life = stage.life()
        await stage.round(life)
        #expect(stage.primary["spec"] == before)
        #expect(
            stage.primary.annotation("canarygate.dev/revision")
                == stage.canary[path: "status", "lastPromotedSpec"]?.string
        )
        guard !isAtRest else { return }
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.faults.isEmpty)
    }

    @Test func makesNoPrimaryOfATemplateThatNobodyProved() async throws {
        let stage = try await Stage.analysing(weight: 25, canary: Examples.shortCanary())
        for entry in stage.cluster.objects(.controllerRevisions) {
            stage.cluster.remove(.controllerRevisions, entry.key)
        }
        stage.cluster.remove(.deployments, Stage.primaryKey)
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(stage.cluster.object(.deployments, Stage.primaryKey) == nil)
        #expect(stage.outside.told.map(\.reason) == [.blocked])
    }

    @Test func takesOverFromFlaggerWithoutARun() async throws {
        let stage = try await Self.resting()
        stage.cluster.modify(.canaries, test) { canary in
            canary["status"] = [
                "phase": "Succeeded", "canaryWeight": 0, "failedChecks": 0, "iterations": 0,
                "lastAppliedSpec": "7d9c5f4b86", "lastPromotedSpec": "7d9c5f4b86",
                "trackedConfigs": ["configmap/a": "1"],
            ]
        }
        stage.cluster.modify(.deployments, Stage.primaryKey) { primary in
            primary[path: "metadata", "annotations", "canarygate.dev/revision"] = nil
        }
        let primary = stage.primary
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        let revision = stage.revision(of: stage.target)
        #expect(stage.phase == "Succeeded")
        #expect(stage.canary[path: "status", "lastPromotedSpec"]?.string == revision)
        #expect(stage.primary == primary)
        #expect(stage.outside.told.isEmpty)
        try stage.setImage("3.1.1")
        try await stage.run(life) { $0.phase == "Progressing" }
        try await stage.run(life, until: .succeeded)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.faults.isEmpty)
    }
}
