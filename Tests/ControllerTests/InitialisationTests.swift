import Controller
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// The way from a Deployment that serves to a primary that does.
@Suite(.timeLimit(.minutes(1))) struct InitialisationTests {
    private static func changes(_ life: Stage.Life) -> [String] {
        life.link.calls.filter { !$0.isRead && !$0.hasPrefix("tell ") && !$0.contains("controllerrevisions") }
    }

    @Test func makesPodsBeforeWhatLeadsToThemAndTakesTheTargetsAwayLast() async throws {
        let stage = try Stage()
        let life = stage.life()
        try await stage.run(life, until: .initialized)
        #expect(
            Self.changes(life) == [
                "patch canaries.flagger.app/status test/podinfo",
                "create deployments.apps test/podinfo-primary",
                "create horizontalpodautoscalers.autoscaling test/podinfo-primary",
                "create services test/podinfo-primary",
                "create services test/podinfo-canary",
                "create services test/podinfo",
                "create httpproxies.projectcontour.io test/podinfo",
                "patch deployments.apps test/podinfo",
                "patch canaries.flagger.app/status test/podinfo",
            ]
        )
        #expect(stage.outside.messages == ["Initialization done! podinfo.test"])
        #expect(stage.faults.isEmpty)
    }

    @Test func makesNothingThatLeadsToAPrimaryThatIsNotReady() async throws {
        let stage = try Stage()
        stage.world.withLock { $0.slowness = 3 }
        let life = stage.life()
        for _ in 0..<3 { await stage.round(life) }
        #expect(stage.cluster.objects(.services).isEmpty)
        #expect(stage.cluster.objects(.httpProxies).isEmpty)
        #expect(stage.target.replicas == 2)
        #expect(
            stage.outside.messages == [
                "podinfo-primary.test not ready: waiting for rollout to finish: "
                    + "0 of 2 (readyThreshold 100%) updated replicas are available"
            ]
        )
        try await stage.run(life, until: .initialized)
        #expect(stage.faults.isEmpty)
    }

    @Test func keepsTheTargetsPodsUntilContourHasSpoken() async throws {
        let stage = try Stage()
        stage.world.withLock { $0.hasContour = false }
        let life = stage.life()
        for _ in 0..<20 { await stage.round(life) }
        #expect(stage.proxy.weights == [100, 0])
        #expect(stage.phase == "Initializing")
        #expect(stage.target.replicas == 2)
        #expect(
            stage.outside.messages == [
                "HTTPProxy podinfo.test not ready: waiting for Contour to report on it"
            ]
        )
        stage.world.withLock { $0.hasContour = true }
        try await stage.run(life, until: .initialized)
        #expect(stage.target.replicas == 0)
        #expect(stage.faults.isEmpty)
    }

    @Test func turnsAServiceThatUsersCallToThePrimaryOnlyOnceTheRouteIsThere() async throws {
        let stage = try Stage()
        stage.cluster.put(
            .services,
            [
                "apiVersion": "v1", "kind": "Service", "metadata": ["name": "podinfo", "namespace": "test"],
                "spec": [
                    "clusterIP": "10.0.0.7", "type": "NodePort", "selector": ["app": "podinfo"],
                    "ports": [["name": "http", "port": 80, "targetPort": 9_898, "nodePort": 30_080]],
                ],
            ]
        )
        let life = stage.life()
        try await stage.run(life, until: .initialized)
        let changes = Self.changes(life)
        let proxy = try #require(changes.firstIndex { $0.hasPrefix("create httpproxies") })
        let apex = try #require(changes.firstIndex(of: "update services test/podinfo"))
        let scale = try #require(changes.firstIndex(of: "patch deployments.apps test/podinfo"))
        #expect(proxy < apex && apex < scale)
        let service = try #require(stage.cluster.object(.services, test))
        #expect(
            service["spec"] == [
                "clusterIP": "10.0.0.7", "type": "NodePort", "selector": ["app": "podinfo-primary"],
                "ports": [
                    ["name": "http", "protocol": "TCP", "port": 80, "targetPort": 9_898, "nodePort": 30_080]
                ],
            ]
        )
        #expect(service[path: "metadata", "ownerReferences"] == nil)
    }

    @Test func writesTheStatusDown() async throws {
        let stage = try await Stage.initialised()
        let revision = JSONValue.string(stage.revision(of: stage.target))
        let status = try #require(stage.canary["status"])
        #expect(status["phase"] == "Initialized")
        #expect(status["canaryWeight"] == 0)
        #expect(status["failedChecks"] == 0)
        #expect(status["lastAppliedSpec"] == revision)
        #expect(status["lastPromotedSpec"] == revision)
        let conditions = try #require(status["conditions"]?.array)
        #expect(
            conditions.first
                == [
                    "type": "Promoted", "status": "True", "reason": "Initialized",
                    "message": "Deployment initialization completed.", "lastUpdateTime": "2026-11-25T04:00:00Z",
                    "lastTransitionTime": "2026-11-25T04:00:00Z",
                ]
        )
        #expect(
            conditions.dropFirst().map { "\($0["type"]?.string ?? "") \($0["status"]?.string ?? "")" } == [
                "Ready True", "Reconciling False", "Stalled False",
            ]
        )
    }

    @Test func opensTheGateForThePromotedRevisionAndThenRests() async throws {
        let stage = try Stage()
        try await stage.run(stage.life(), until: .initialized)
        let life = stage.life()
        for _ in 0..<5 { await stage.round(life) }
        let changes = Self.changes(life).filter {
            $0.hasPrefix("patch deployments.apps test/podinfo ") || $0.hasSuffix("apps test/podinfo")
        }
        #expect(changes == ["patch deployments.apps test/podinfo"])
        #expect(stage.target.annotation("canarygate.dev/gate") == "open")
        #expect(stage.target.replicas == 0)
        #expect(stage.faults.isEmpty)
    }

    @Test func takesOverATemplateThatChangesWhileThePrimaryIsNotReady() async throws {
        let stage = try Stage()
        stage.world.withLock { $0.slowness = 2 }
        let life = stage.life()
        await stage.round(life)
        await stage.round(life)
        try stage.setImage("3.1.1")
        let revision = stage.revision(of: stage.target)
        stage.world.withLock { _ = $0.proven.insert(revision) }
        try await stage.run(life, until: .initialized)
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(stage.canary[path: "status", "lastPromotedSpec"]?.string == revision)
        #expect(stage.faults.isEmpty)
    }

    @Test func doesWithoutAnAutoscaler() async throws {
        var canary = try Examples.canary()
        canary[path: "spec", "autoscalerRef"] = nil
        let stage = try await Stage.initialised(canary: canary, autoscaler: false)
        #expect(stage.cluster.objects(.autoscalers).isEmpty)
        #expect(stage.primary.replicas == 2)
    }

    @Test func saysThatTheAutoscalerIsMissing() async throws {
        let stage = try Stage(autoscaler: false)
        let life = stage.life()
        for _ in 0..<5 { await stage.round(life) }
        #expect(stage.outside.messages == ["HorizontalPodAutoscaler podinfo.test get query error: not found"])
        #expect(stage.cluster.objects(.services).isEmpty)
    }

    @Test func saysThatTheTargetIsMissing() async throws {
        let stage = try Stage()
        stage.cluster.remove(.deployments, test)
        await stage.round(stage.life())
        #expect(stage.outside.messages == ["deployment podinfo.test get query error: not found"])
    }
}
