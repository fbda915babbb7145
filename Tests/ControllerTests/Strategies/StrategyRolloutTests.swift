import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Sandbox
import Testing

/// Whole rollouts by each strategy, with callers, and which revision answered them.
@Suite(.timeLimit(.minutes(1))) struct StrategyRolloutTests {
    private static let load: JSONValue = [
        [
            "name": "load", "type": "rollout", "url": "http://flagger-loadtester.test/",
            "metadata": ["cmd": "hey -z 1m -q 10 -c 2 http://podinfo-canary.test/"],
        ]
    ]
    private static let weights: JSONValue = ["stepWeight": 30, "maxWeight": 60]
    private static let insiders: JSONValue = [
        "iterations": 3, "match": [["headers": ["x-canary": ["exact": "insider"]]]],
    ]
    private static let mirror: JSONValue = ["stepWeight": 50, "maxWeight": 50, "mirror": true, "mirrorWeight": 20]
    private static let sessions: JSONValue = [
        "stepWeight": 30, "maxWeight": 60,
        "sessionAffinity": ["cookieName": "podinfo", "primaryCookieName": "podinfo-primary"],
    ]
    private static let plain: JSONValue = ["iterations": 3, "webhooks": load]
    private static let callers = [
        CallerGroup("insiders", share: 0.1, headers: ["x-canary": "insider"]),
        CallerGroup("regulars", share: 0.5, keepsCookies: true),
        CallerGroup("others", share: 0.4),
    ]

    /// A cluster with the first revision in place.
    private func live(_ analysis: JSONValue, provider: String = "contour") async throws -> LiveCluster {
        let live = try LiveCluster(analysis, provider: provider, callers: Self.callers)
        try await live.run(until: .initialized)
        return live
    }

    /// The image is promoted, and until then the primary's Service has answered with the old one alone.
    private func promote(_ live: LiveCluster, _ tag: String = "3.1.1") async throws {
        live.setImage(tag)
        try await live.run(until: .promoting) { live in
            #expect(live.served(tag, by: "podinfo-primary") == 0)
        }
        try await live.run(until: .succeeded)
        #expect(live.primaryImage == "stefanprodan/podinfo:\(tag)")
    }

    /// The image is rolled back, and the primary's Service never answered with it.
    private func fail(_ live: LiveCluster, _ tag: String = "3.1.2") async throws {
        live.setImage(tag)
        try await live.run(until: .failed)
        #expect(live.primaryImage == "stefanprodan/podinfo:3.1.0")
        #expect(live.served(tag, by: "podinfo-primary") == 0)
        let before = live.served(tag)
        for _ in 0..<30 { await live.tick() }
        #expect(live.served(tag) == before)
    }

    private func expectRest(_ live: LiveCluster) throws {
        #expect(try live.reading() == CanaryRouteReading(.home, isComplete: true))
    }

    @Test func byWeights() async throws {
        let live = try await live(Self.weights)
        try await promote(live)
        #expect(live.served("3.1.1", by: "podinfo-canary") > 1_000)
        try expectRest(live)
    }

    @Test func byWeightsFailed() async throws {
        let live = try await live(Self.weights)
        try await fail(live)
        #expect(live.served("3.1.2", by: "podinfo-canary") > 100)
        try expectRest(live)
    }

    @Test func byWhatMatches() async throws {
        let live = try await live(Self.insiders)
        #expect(live.proxy[path: "spec", "routes"]?.array?.count == 2)
        let before = live.served("3.1.0")
        try await promote(live)
        let (new, old) = (live.served("3.1.1", by: "podinfo-canary"), live.served("3.1.0") - before)
        #expect(new > 100 && new * 8 < old)
        try expectRest(live)
    }

    @Test func byWhatMatchesFailed() async throws {
        let live = try await live(Self.insiders)
        try await fail(live)
        try expectRest(live)
    }

    @Test func withCopiesFirst() async throws {
        let live = try await live(Self.mirror)
        live.setImage("3.1.1")
        try await live.run(until: .promoting)
        #expect(live.served("3.1.1", areCopies: true) > 100)
        #expect(live.served("3.1.1") > 100)
        try await live.run(until: .succeeded)
        try expectRest(live)
    }

    /// Nobody has met the revision whose copies failed.
    @Test func withCopiesFirstFailed() async throws {
        let live = try await live(Self.mirror)
        try await fail(live)
        #expect(live.served("3.1.2", areCopies: true) > 100)
        #expect(live.served("3.1.2") == 0)
        try expectRest(live)
    }

    @Test func keepingCallers() async throws {
        let live = try await live(Self.sessions)
        let rest = live.proxy["spec"]
        var most = 0
        live.setImage("3.1.1")
        try await live.run(until: .promoting) { live in
            most = max(most, live.proxy[path: "spec", "routes"]?.array?.count ?? 0)
            #expect(live.served("3.1.1", by: "podinfo-primary") == 0)
        }
        #expect(most == 3)
        try await live.run(until: .succeeded)
        #expect(live.proxy["spec"] == rest)
        #expect(live.canary[path: "status", "phase"] == "Succeeded")
    }

    @Test func keepingCallersFailed() async throws {
        let live = try await live(Self.sessions)
        let rest = live.proxy["spec"]
        try await fail(live)
        #expect(live.proxy["spec"] == rest)
    }

    @Test func blueGreenWithCopies() async throws {
        let live = try await live(["iterations": 2, "mirror": true])
        try await promote(live)
        #expect(live.served("3.1.1", areCopies: true) > 500)
        try expectRest(live)
    }

    @Test func blueGreenOnPlainServices() async throws {
        let live = try await live(Self.plain, provider: "kubernetes")
        #expect(live.proxy == .null)
        live.setImage("3.1.1")
        try await live.run(until: .promoting) { live in
            if live.canary[path: "status", "canaryWeight"] != 100 { #expect(live.served("3.1.1", by: "podinfo") == 0) }
        }
        #expect(live.served("3.1.1", by: "podinfo-canary") > 300)
        try await live.run(until: .succeeded)
        #expect(live.primaryImage == "stefanprodan/podinfo:3.1.1")
        #expect(live.cluster.object(.services, Stage.key)?[path: "spec", "selector", "app"] == "podinfo-primary")
    }

    @Test func blueGreenOnPlainServicesFailed() async throws {
        let live = try await live(Self.plain, provider: "kubernetes")
        live.setImage("3.1.2")
        try await live.run(until: .failed)
        #expect(live.served("3.1.2", by: "podinfo-canary") > 100)
        #expect(live.served("3.1.2", by: "podinfo") == 0)
        #expect(live.primaryImage == "stefanprodan/podinfo:3.1.0")
    }

    /// Callers of a Service that was there before never meet pods that are not ready.
    @Test func adoptsAServiceOnceThePrimaryServes() async throws {
        let live = try LiveCluster(Self.plain, provider: "kubernetes", callers: Self.callers)
        live.cluster.put(
            .services,
            [
                "apiVersion": "v1", "kind": "Service", "metadata": ["name": "podinfo", "namespace": "test"],
                "spec": ["selector": ["app": "podinfo"], "ports": [["name": "http", "port": 80, "targetPort": 9898]]],
            ]
        )
        try await live.run(until: .initialized) { live in
            let label = live.cluster.object(.services, Stage.key)?[path: "spec", "selector", "app"]
            let primary = live.cluster.object(.deployments, Stage.primaryKey)
            if label == "podinfo-primary" { #expect(primary?[path: "status", "availableReplicas"] ?? 0 != 0) }
        }
        #expect(live.cluster.object(.services, Stage.key)?[path: "spec", "selector", "app"] == "podinfo-primary")
    }
}
