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

/// ConfigMaps and Secrets of which the caches keep digests alone.
@Suite(.timeLimit(.minutes(1))) struct TrackedCacheTests {
    private static let creds = ObjectKey(namespace: "test", name: "creds")
    private static let copy = ObjectKey(namespace: "test", name: "creds-primary")

    /// Its pods read a Secret, a ConfigMap that has opted out, and one that is not there.
    private static func target() throws -> JSONValue {
        var deployment = try Examples.shortDeployment()
        deployment[path: "spec", "template", "spec", "containers"] = [
            [
                "name": "podinfod", "image": "stefanprodan/podinfo:3.1.0",
                "envFrom": [
                    ["secretRef": ["name": "creds"]], ["configMapRef": ["name": "untracked"]],
                    ["configMapRef": ["name": "missing", "optional": true]],
                ],
            ]
        ]
        return deployment
    }

    private static func setSecret(_ token: String, _ stage: Stage) {
        var secret = stage.cluster.object(.secrets, creds) ?? [:]
        secret["apiVersion"] = "v1"
        secret["kind"] = "Secret"
        secret["type"] = "Opaque"
        for (field, text) in [("name", "creds"), ("namespace", "test")] {
            secret[path: "metadata", field] = .string(text)
        }
        secret["data"] = ["token": .string(token)]
        stage.cluster.put(.secrets, secret)
    }

    private static func token(_ key: ObjectKey, _ stage: Stage) -> JSONValue? {
        stage.cluster.object(.secrets, key)?[path: "data", "token"]
    }

    private static func stage() async throws -> Stage {
        let stage = try Stage(canary: Examples.shortCanary(), target: target())
        setSecret("b25l", stage)
        stage.cluster.put(
            .configMaps,
            [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": [
                    "name": "untracked", "namespace": "test",
                    "annotations": ["flagger.app/config-tracking": "disabled"],
                ],
            ]
        )
        let digests = ["secret/creds": ConfigDigest.of(stage.cluster.object(.secrets, creds) ?? .null)]
        let revision = RevisionDigest.of(template: stage.target.template, configs: digests)
        stage.world.withLock { _ = $0.proven.insert(revision) }
        let process = stage.life()
        try await stage.run(process, until: .initialized)
        for _ in 0..<3 { await stage.round(process) }
        stage.outside.forget()
        return stage
    }

    @Test func askNothingAtRest() async throws {
        let stage = try await Self.stage()
        let life = InformedLife(stage)
        try await life.running {
            await life.quiet()
            for _ in 0..<3 {
                stage.clock.advance(by: .seconds(600))
                await life.quiet()
            }
        }
        #expect(life.calls == [])
        #expect(life.rounds.allSatisfy { $0.outcome == .still })
    }

    @Test func haveWhatIsCopiedReadAtThatMoment() async throws {
        let stage = try await Self.stage()
        let life = InformedLife(stage)
        try await life.running {
            await life.settle()
            Self.setSecret("dHdv", stage)
            await life.advance { stage.phase == "Succeeded" }
        }
        #expect(Self.token(Self.copy, stage) == "dHdv")
        #expect(Self.token(ObjectKey(namespace: "test", name: "creds-primary-previous"), stage) == "b25l")
        let reads = life.calls.filter { $0.isRead && !$0.contains("controllerrevisions") }
        #expect(reads == ["get secrets test/creds-primary", "get secrets test/creds"])
        #expect(stage.faults.isEmpty)
    }

    @Test func noticeAConfigMapThatComes() async throws {
        let stage = try await Self.stage()
        let life = InformedLife(stage)
        try await life.running {
            await life.settle()
            stage.cluster.put(.configMaps, configMap("missing"))
            await life.settle()
            #expect(stage.phase == "Progressing")
        }
    }

    @Test func areWokenByNothingThatTheyDoNotKeep() async throws {
        let stage = try await Self.stage()
        let life = InformedLife(stage)
        try await life.running {
            await life.settle()
            let before = life.rounds.count
            stage.cluster.modify(.secrets, Self.creds) { $0[path: "metadata", "labels", "team"] = "web" }
            await life.settle()
            #expect(life.rounds.count == before)
        }
    }

    /// A promotion that fails is put back with the data that ran before.
    @Test func haveWhatWasKeptReadWholeWhereAPromotionIsTakenBack() async throws {
        let stage = try await Self.stage()
        let life = InformedLife(stage)
        try await life.running {
            await life.settle()
            Self.setSecret("dHdv", stage)
            await life.advance { stage.phase == "Promoting" && Self.token(Self.copy, stage) == "dHdv" }
            stage.world.withLock { _ = $0.brokenImages.insert("stefanprodan/podinfo:3.1.0") }
            await life.advance { stage.phase == "Failed" || Self.token(Self.copy, stage) == "b25l" }
        }
        #expect(Self.token(Self.copy, stage) == "b25l")
    }

    @Test func leaveTheCopiesWholeThatADeletedCanaryHandsOver() async throws {
        let stage = try await Self.stage()
        stage.outside.answers["request-success-rate"] = .value(1)
        let life = InformedLife(stage)
        try await life.running {
            await life.settle()
            Self.setSecret("dHdv", stage)
            await life.advance { stage.phase == "Failed" }
            try await stage.cluster.delete(.canaries, Stage.key)
            await life.advance { stage.cluster.object(.canaries, Stage.key) == nil }
        }
        let containers = stage.target[path: "spec", "template", "spec", "containers"]
        #expect(containers?[0]?["envFrom"]?[0]?[path: "secretRef", "name"] == "creds-primary")
        let copy = try #require(stage.cluster.object(.secrets, Self.copy))
        #expect(copy[path: "data", "token"] == "b25l" && copy["type"] == "Opaque")
        #expect(copy[path: "metadata", "ownerReferences"] == nil)
        #expect(copy.label(GateAnnotations.managed) == nil)
    }
}
