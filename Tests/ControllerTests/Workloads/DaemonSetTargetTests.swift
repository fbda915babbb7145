import Admission
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

@testable import Controller

/// A Canary whose target is a DaemonSet.
@Suite(.timeLimit(.minutes(1))) struct DaemonSetTargetTests {
    private static let label = "flagger.app/scale-to-zero"
    private static let primary = ObjectKey(namespace: "test", name: "podinfo-primary")

    private static func stage(images: ImageBehaviours = ImageBehaviours()) throws -> ClusterStage {
        let target = WorkloadExamples.workload("DaemonSet", ["nodeSelector": [:]])
        return try ClusterStage(canary: WorkloadExamples.canary("DaemonSet"), [(.daemonSets, target)], images: images)
    }

    /// `kubectl set image`, as the webhook lets it through.
    private static func applyImage(_ image: String, on stage: ClusterStage) throws {
        let stored = try #require(stage.cluster.object(.daemonSets, test))
        var sent = stored
        sent.changeElements(of: ["spec", "template", "spec", "containers"]) { $0["image"] = .string(image) }
        var view = ClusterView()
        view.set(.canaries, stage.canary)
        let request = AdmissionRequest(
            uid: "1",
            group: "apps",
            version: "v1",
            resource: "daemonsets",
            kind: "DaemonSet",
            name: "podinfo",
            namespace: "test",
            operation: .update,
            username: "ada",
            object: try JSONDocument(parsing: sent.serialized).root,
            oldObject: try JSONDocument(parsing: stored.serialized).root
        )
        let verdict = DeploymentGate(controllerUsername: "loop").verdict(on: request, in: view, now: stage.clock.now())
        let admitted = try verdict.patch.applied(to: sent)
        stage.cluster.modify(.daemonSets, test) { $0 = admitted }
        stage.settle()
    }

    private static func strategy(_ stage: ClusterStage, _ key: ObjectKey = test) -> JSONValue? {
        stage.cluster.object(.daemonSets, key)?[path: "spec", "updateStrategy"]
    }

    /// A stage whose target, which rolls by `strategy`, runs podinfo:2 under analysis with a quarter of the traffic.
    private static func analysing(_ strategy: JSONValue) async throws -> ClusterStage {
        var target = WorkloadExamples.workload("DaemonSet")
        target[path: "spec", "updateStrategy"] = strategy
        let stage = try ClusterStage(canary: WorkloadExamples.canary("DaemonSet"), [(.daemonSets, target)])
        try await stage.run(until: .initialized)
        try applyImage("podinfo:2", on: stage)
        try await stage.run { $0.canary[path: "status", "canaryWeight"] == 25 }
        return stage
    }

    static let rolling: JSONValue = ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 2]]
    static let onDelete: JSONValue = ["type": "OnDelete"]

    @Test(arguments: [DaemonSetTargetTests.rolling, DaemonSetTargetTests.onDelete])
    func keepsThePodsUnderAnalysisUntilTheTrafficIsHome(strategy: JSONValue) async throws {
        let stage = try await Self.analysing(strategy)
        try Self.applyImage("podinfo:3", on: stage)
        // The loop is away.
        stage.wait(.seconds(60))
        #expect(Self.images(stage, app: "podinfo") == ["podinfo:2", "podinfo:2"])
        #expect(Self.strategy(stage) == Self.onDelete)
        var early = 0
        try await stage.run { stage in
            let revision = stage.canary[path: "status", "lastAppliedSpec"]?.string ?? ""
            let isLetIn = try RevisionDigest.matches(revision, template: Self.template("podinfo:3", stage))
            let weight = stage.cluster.object(.httpProxies, test)?.weights.last ?? 0
            if !isLetIn || stage.canary[path: "status", "canaryWeight"] == 0, weight > 0,
                Self.images(stage, app: "podinfo").contains("podinfo:3")
            {
                early += 1
            }
            return stage.canary[path: "status", "phase"] == "Succeeded"
        }
        #expect(early == 0)
        #expect(Self.images(stage, app: "podinfo-primary") == ["podinfo:3", "podinfo:3"])
        #expect(Self.images(stage, app: "podinfo").isEmpty)
        #expect(Self.strategy(stage) == strategy)
        #expect(stage.cluster.object(.daemonSets, test)?.annotation(GateAnnotations.updateStrategy) == nil)
        #expect(Self.strategy(stage, Self.primary)?["type"] == "RollingUpdate")
    }

    private static func template(_ image: String, _ stage: ClusterStage) throws -> JSONValue {
        var target = try #require(stage.cluster.object(.daemonSets, test))
        target.changeElements(of: ["spec", "template", "spec", "containers"]) { $0["image"] = .string(image) }
        return ScaleToZero.removed(from: target.template)
    }

    @Test func givesTheStrategyBackWhenThePromotedTemplateComesBack() async throws {
        let stage = try await Self.analysing(Self.rolling)
        try Self.applyImage("podinfo:1", on: stage)
        #expect(Self.strategy(stage) == Self.onDelete)
        try await stage.run { stage in
            stage.canary[path: "status", "phase"] == "Initialized"
                && stage.cluster.object(.daemonSets, test)?.annotation(GateAnnotations.gate) == "open"
        }
        #expect(Self.strategy(stage) == Self.rolling)
        #expect(Self.images(stage, app: "podinfo").isEmpty)
    }

    @Test(arguments: [false, true]) func givesTheStrategyBackWithTheTarget(isGlassBroken: Bool) async throws {
        let stage = try await Self.analysing(Self.rolling)
        try Self.applyImage("podinfo:3", on: stage)
        if isGlassBroken {
            stage.cluster.modify(.canaries, test) { canary in
                canary[path: "metadata", "annotations", GateAnnotations.breakGlass] = "a test"
            }
        }
        try await stage.cluster.delete(.canaries, test)
        try await stage.run { $0.canary == .null }
        #expect(Self.strategy(stage) == Self.rolling)
        let annotations = stage.cluster.object(.daemonSets, test)?[path: "metadata", "annotations"]?.object?.keys ?? []
        #expect(annotations.filter { $0.hasPrefix("canarygate.dev/") } == [])
    }

    @Test func givesThePrimaryTheTeamsStrategyWhileTheTargetIsHeld() async throws {
        let stage = try await Self.analysing(Self.rolling)
        try Self.applyImage("podinfo:3", on: stage)
        let copy = try #require(try await stage.snapshot().primaryCopy())
        let primary = try #require(stage.cluster.object(.daemonSets, Self.primary))
        #expect(copy.given(primary, revision: "x")[path: "spec", "updateStrategy"] == Self.rolling)
    }

    private static func setImage(_ image: String, on stage: ClusterStage) {
        stage.cluster.modify(.daemonSets, test) { target in
            target.changeElements(of: ["spec", "template", "spec", "containers"]) { $0["image"] = .string(image) }
        }
        stage.settle()
    }

    private static func images(_ stage: ClusterStage, app: String) -> [String] {
        stage.cluster.objects(.pods).filter { $0.label("app") == app }
            .map { $0[path: "spec", "containers"]?[0]?["image"]?.string ?? "" }
    }

    private static func selector(_ stage: ClusterStage, _ key: ObjectKey = test) -> JSONValue? {
        stage.cluster.object(.daemonSets, key)?[path: "spec", "template", "spec", "nodeSelector", label]
    }

    @Test func movesItsPodsToThePrimaryAndKeepsTheTargetsAwayByTheNodeSelector() async throws {
        let stage = try Self.stage()
        try await stage.run(until: .initialized)
        #expect(Self.images(stage, app: "podinfo-primary") == ["podinfo:1", "podinfo:1"])
        #expect(Self.images(stage, app: "podinfo").isEmpty)
        #expect(Self.selector(stage) == "true")
        #expect(Self.selector(stage, Self.primary) == nil)
        let primary = try #require(stage.cluster.object(.daemonSets, Self.primary))
        #expect(primary[path: "spec", "replicas"] == nil)
        #expect(primary[path: "spec", "selector", "matchLabels"] == ["app": "podinfo-primary"])
    }

    @Test func givesANewRevisionNoPodsUntilItIsLetIn() async throws {
        let stage = try Self.stage()
        try await stage.run(until: .initialized)
        Self.setImage("podinfo:2", on: stage)
        #expect(Self.images(stage, app: "podinfo").isEmpty)
        try await stage.run(until: .progressing)
        #expect(Self.images(stage, app: "podinfo").isEmpty)
    }

    @Test func promotesARevisionThatPasses() async throws {
        let stage = try Self.stage()
        try await stage.run(until: .initialized)
        Self.setImage("podinfo:2", on: stage)
        try await stage.run { $0.canary[path: "status", "canaryWeight"] == 25 }
        #expect(Self.images(stage, app: "podinfo") == ["podinfo:2", "podinfo:2"])
        #expect(Self.images(stage, app: "podinfo-primary") == ["podinfo:1", "podinfo:1"])
        try await stage.run(until: .succeeded)
        stage.settle()
        #expect(Self.images(stage, app: "podinfo-primary") == ["podinfo:2", "podinfo:2"])
        #expect(Self.images(stage, app: "podinfo").isEmpty)
        #expect(Self.selector(stage) == "true")
    }

    @Test func rollsBackARevisionWhosePodsDoNotStartAndSaysWhy() async throws {
        let stage = try Self.stage(images: ImageBehaviours(parsing: ["podinfo:2=crash"]))
        try await stage.run(until: .initialized)
        Self.setImage("podinfo:2", on: stage)
        try await stage.run(until: .failed)
        let cause = "container podinfod keeps ending with exit code 1 (Error)"
        #expect(
            stage.outside.messages.contains(
                "canary daemonset podinfo.test not ready: waiting for rollout to finish: "
                    + "0 of 2 (readyThreshold 100%) updated pods are available: \(cause)"
            )
        )
        #expect(
            stage.outside.messages.contains(
                "Rolling back podinfo.test canary daemonset podinfo.test not ready: waiting for rollout to finish: "
                    + "0 of 2 (readyThreshold 100%) updated pods are available: \(cause), "
                    + "for a third of the progress deadline"
            )
        )
        #expect(Self.images(stage, app: "podinfo-primary") == ["podinfo:1", "podinfo:1"])
        #expect(Self.images(stage, app: "podinfo").isEmpty)
    }

    @Test func sendsTheTrafficHomeWhenAnotherRevisionComesInBetween() async throws {
        let stage = try Self.stage()
        try await stage.run(until: .initialized)
        Self.setImage("podinfo:2", on: stage)
        try await stage.run { $0.canary[path: "status", "canaryWeight"] == 25 }
        Self.setImage("podinfo:3", on: stage)
        try await stage.run { $0.canary[path: "status", "canaryWeight"] == 0 }
        try await stage.run(until: .succeeded)
        #expect(Self.images(stage, app: "podinfo-primary") == ["podinfo:3", "podinfo:3"])
    }

    @Test func hasThePrimaryTakeRevisionsOverByItself() async throws {
        var target = WorkloadExamples.workload("DaemonSet")
        target[path: "spec", "updateStrategy"] = ["type": "OnDelete"]
        let stage = try ClusterStage(canary: WorkloadExamples.canary("DaemonSet"), [(.daemonSets, target)])
        try await stage.perform(.createPrimary)
        let primary = stage.cluster.object(.daemonSets, Self.primary)
        #expect(primary?[path: "spec", "updateStrategy"] == ["type": "RollingUpdate"])
    }

    @Test func knowsTheRevisionWithAndWithoutTheNodeSelector() async throws {
        let stage = try Self.stage()
        let before = try await stage.observation().target?.revision
        try await stage.perform(.scaleTargetToZero)
        let after = try await stage.observation().target
        #expect(before == after?.revision && before != nil)
        #expect(after?.replicas == 0)
    }
}
