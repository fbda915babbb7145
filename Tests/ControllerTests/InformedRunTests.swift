import Controller
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

/// The loop on informers: what wakes it, and what it does not ask.
@Suite(.timeLimit(.minutes(1))) struct InformedRunTests {
    /// The ledger of revisions is no informer's: it is read while a revision is on its way, and at no other time.
    private static func isRead(_ call: String) -> Bool {
        (call.hasPrefix("get ") || call.hasPrefix("list ")) && !call.contains("controllerrevisions")
    }

    /// The Canary is asked for before the deeds of a rollout of which no word stands in its status.
    private static let confirmations = [String](repeating: "get canaries.flagger.app test/podinfo", count: 3)

    @Test func takesACanaryThroughARolloutWithoutAskingForAnythingElse() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        let life = InformedLife(stage)
        try await life.running {
            await life.advance { stage.phase == "Succeeded" }
        }
        #expect(stage.primary.template.image == "stefanprodan/podinfo:3.1.1")
        #expect(life.calls.filter(Self.isRead) == Self.confirmations)
        #expect(life.rounds.allSatisfy { $0.lateness == .zero })
        #expect(life.reads.figures.layers == 0)
        #expect(stage.faults.isEmpty)
    }

    @Test func rollsBackWithoutAskingForAnythingElse() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        stage.outside.answers["request-success-rate"] = .value(1)
        try stage.setImage("3.1.1")
        let life = InformedLife(stage)
        try await life.running {
            await life.advance { stage.phase == "Failed" }
        }
        #expect(life.calls.filter(Self.isRead) == Self.confirmations)
        #expect(stage.faults.isEmpty)
    }

    @Test func isWokenByANewRevision() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        let life = InformedLife(stage)
        try await life.running {
            await life.settle()
            let time = stage.clock.now()
            try stage.setImage("3.1.1")
            await life.settle()
            #expect(stage.phase == "Progressing")
            #expect(stage.proxy.weights == [75, 25])
            #expect(stage.clock.now() == time)
        }
    }

    @Test func isWokenByAChangeOfTheSpec() async throws {
        let stage = try await Stage.initialised()
        stage.cluster.modify(.canaries, test) { $0[path: "spec", "suspend"] = true }
        let life = InformedLife(stage)
        try await life.running {
            try stage.setImage("3.1.1")
            await life.settle()
            #expect(stage.phase == "Initialized")
            stage.cluster.modify(.canaries, test) { $0[path: "spec", "suspend"] = nil }
            await life.settle()
            #expect(stage.phase == "Progressing")
        }
    }

    @Test(arguments: [ResourceType.services, .httpProxies, .deployments, .autoscalers])
    func isWokenByALossOfWhatItMade(_ type: ResourceType) async throws {
        let stage = try await Stage.initialised()
        let life = InformedLife(stage)
        let names = [
            ResourceType.services: "podinfo-canary", .httpProxies: "podinfo", .deployments: "podinfo-primary",
            .autoscalers: "podinfo-primary",
        ]
        let key = ObjectKey(namespace: "test", name: try #require(names[type]))
        try await life.running {
            await life.settle()
            stage.cluster.remove(type, key)
            await life.settle()
            #expect(stage.cluster.object(type, key) != nil)
        }
    }

    @Test func isWokenByAConfigMapThatTheTargetReads() async throws {
        var target = try Examples.object("deployment")
        target[path: "spec", "template", "spec", "volumes"] = [["name": "c", "configMap": ["name": "settings"]]]
        let stage = try await Stage.initialised(target: target)
        let life = InformedLife(stage)
        try await life.running {
            await life.settle()
            let before = life.rounds.count
            stage.cluster.put(.configMaps, configMap("unrelated"))
            await life.settle()
            #expect(life.rounds.count == before)
            stage.cluster.put(.configMaps, configMap("settings"))
            await life.settle()
            #expect(life.rounds.count > before)
            // What another template reads counts from then on.
            stage.cluster.modify(.deployments, test) {
                $0[path: "spec", "template", "spec", "volumes"] = [["name": "c", "configMap": ["name": "unrelated"]]]
            }
            await life.settle()
            let later = life.rounds.count
            stage.cluster.put(.configMaps, configMap("settings", "2"))
            await life.settle()
            #expect(life.rounds.count == later)
            stage.cluster.put(.configMaps, configMap("unrelated", "2"))
            await life.settle()
            #expect(life.rounds.count > later)
        }
    }

    @Test func isNotWokenByWhatAnAutoscalerReportsNorByItsOwnWrites() async throws {
        let stage = try await Stage.initialised()
        let life = InformedLife(stage)
        let key = ObjectKey(namespace: "test", name: "podinfo-primary")
        try await life.running {
            await life.settle()
            let before = life.rounds.count
            #expect(before > 0)
            stage.cluster.modify(.autoscalers, key) { $0[path: "status", "currentReplicas"] = 3 }
            await life.settle()
            #expect(life.rounds.count == before)
            stage.cluster.modify(.autoscalers, key) { $0[path: "spec", "maxReplicas"] = 77 }
            await life.settle()
            #expect(stage.cluster.object(.autoscalers, key)?[path: "spec", "maxReplicas"] != 77)
            // Woken once, and once more after its write.
            #expect(life.rounds.count <= before + 3)
        }
    }

    @Test func asksNothingWhileNothingHappens() async throws {
        let stage = try await Stage.initialised()
        let process = stage.life()
        for _ in 0..<3 { await stage.round(process) }
        stage.multiply(by: 49)
        let life = InformedLife(stage)
        try await life.running {
            await life.quiet()
            #expect(life.controller.figures.canaries == 50)
            for _ in 0..<12 {
                stage.clock.advance(by: .seconds(600))
                await life.quiet()
            }
        }
        #expect(life.calls == [])
        // A look at each every ten minutes, and the first one.
        #expect((11 * 50...13 * 50).contains(life.rounds.count), "\(life.rounds.count)")
        #expect(life.rounds.allSatisfy { $0.outcome == .still })
    }

    @Test func waitsForAKindThatIsNotInstalled() async throws {
        let stage = try Stage()
        stage.cluster.setInstalled(false, .httpProxies)
        let life = InformedLife(stage)
        try await life.running {
            // The informer sleeps until it asks again.
            await life.settle(others: 1)
            #expect(
                stage.outside.messages == [
                    "HTTPProxy is not installed: the API server does not serve httpproxies of projectcontour.io/v1; the "
                        + "Canary waits for it"
                ]
            )
            // It stands in the status too.
            #expect(life.calls == ["patch canaries.flagger.app/status test/podinfo"])
            stage.cluster.setInstalled(true, .httpProxies)
            stage.clock.advance(by: .seconds(30))
            await life.advance { stage.phase == "Initialized" }
        }
        #expect(stage.faults.isEmpty)
    }

    @Test func asksAfterAConflictAndGoesOn() async throws {
        let stage = try await Stage.initialised(canary: Examples.shortCanary())
        try stage.setImage("3.1.1")
        let life = InformedLife(stage)
        let isDone = Locked(false)
        stage.cluster.onCall { [cluster = stage.cluster] call in
            guard call == "patch httpproxies.projectcontour.io test/podinfo" else { return }
            let isFirst = isDone.withLock { isDone in
                defer { isDone = true }
                return !isDone
            }
            // Nobody hears of it before the loop does by its conflict.
            if isFirst { cluster.modify(.httpProxies, test) { $0[path: "metadata", "labels", "team"] = "web" } }
        }
        try await life.running {
            await life.advance { stage.phase == "Succeeded" }
        }
        #expect(stage.proxy.label("team") == "web")
        #expect(stage.faults.isEmpty)
    }
}
