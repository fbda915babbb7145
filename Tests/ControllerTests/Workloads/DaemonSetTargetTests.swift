import FlaggerAPI
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
