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

/// Primaries, whole, against those in `Fixtures`.
@Suite(.timeLimit(.minutes(1))) struct PrimaryCopyTests {
    private static let key = ObjectKey(namespace: "test", name: "podinfo-primary")

    private static func documents(_ path: String) throws -> [JSONValue] {
        try RepositoryFiles.documents("Tests/ControllerTests/Fixtures/\(path).yaml")
    }

    /// A stage with the target of `folder` and the configuration that it reads.
    private static func stage(_ folder: String, _ canary: JSONValue) throws -> ClusterStage {
        let target = try documents("\(folder)/target")[0]
        let type: ResourceType = target["kind"] == "DaemonSet" ? .daemonSets : .deployments
        let copying = CopySettings(labelPrefixes: ["app.kubernetes.io/"])
        let stage = try ClusterStage(canary: canary, [(type, target)], copying: copying)
        guard folder == "everything" else { return stage }
        for config in try documents("\(folder)/configs") {
            stage.cluster.put(config["kind"] == "Secret" ? .secrets : .configMaps, config)
        }
        return stage
    }

    @Test(arguments: ["podinfo", "everything", "daemonset"])
    func copiesWhatThereIsAndRewritesWhatTellsThePodsApart(folder: String) async throws {
        var canary = folder == "daemonset" ? try WorkloadExamples.canary("DaemonSet") : try Examples.shortCanary()
        canary[path: "spec", "autoscalerRef"] = nil
        let stage = try Self.stage(folder, canary)
        let type: ResourceType = folder == "daemonset" ? .daemonSets : .deployments
        if folder == "podinfo" { stage.cluster.modify(type, test) { $0[path: "spec", "replicas"] = 2 } }
        let revision = try #require(try await stage.snapshot().revision)
        try await stage.perform(.createPrimary)
        var primary = try #require(stage.cluster.object(type, Self.key)).bare
        #expect(PrimaryTemplate.configs(in: primary.template) == RevisionDigest.configs(of: revision))
        primary[path: "spec", "template"] = PrimaryTemplate.withoutConfigs(primary.template)
        #expect(primary.annotation("canarygate.dev/revision") == revision)
        primary[path: "metadata", "annotations", "canarygate.dev/revision"] = nil
        if primary[path: "metadata", "annotations"]?.object?.isEmpty == true {
            primary[path: "metadata", "annotations"] = nil
        }
        let expected = try Self.documents("\(folder)/primary")[0]
        #expect(TemplateDifferences.paths(in: primary, against: expected) == [])
        #expect(primary == expected)
    }

    @Test func keepsItsOwnLabelWhateverLabelsAreCopied() async throws {
        let target = WorkloadExamples.workload("Deployment")
        let stage = try ClusterStage(
            canary: WorkloadExamples.canary("Deployment"),
            [(.deployments, target)],
            copying: CopySettings(labelPrefixes: ["*"])
        )
        try await stage.perform(.createPrimary)
        #expect(stage.cluster.object(.deployments, Self.key)?.label("app") == "podinfo-primary")
        let revision = try #require(try await stage.snapshot().revision)
        try await stage.perform(.copyTemplate(revision: revision))
        #expect(stage.cluster.object(.deployments, Self.key)?.label("app") == "podinfo-primary")
    }

    @Test func givesAPromotedTemplateWithAllThatGoesWithItAndTakesAwayWhatIsGone() async throws {
        let stage = try Self.stage("podinfo", Examples.shortCanary())
        try await stage.perform(.createPrimary)
        stage.cluster.modify(.deployments, Self.key) { primary in
            primary[path: "spec", "replicas"] = 7
            primary[path: "spec", "paused"] = true
            primary[path: "metadata", "labels", "added"] = "here"
        }
        stage.cluster.modify(.deployments, test) { target in
            target[path: "spec", "progressDeadlineSeconds"] = nil
            target[path: "spec", "fieldOfNextYear"] = true
            target[path: "spec", "template", "spec", "priorityClassName"] = "high"
            target[path: "metadata", "annotations"] = ["contact": "web"]
            target[path: "metadata", "labels", "app.kubernetes.io/part-of"] = "shop"
        }
        let revision = try #require(try await stage.snapshot().revision)
        try await stage.perform(.copyTemplate(revision: revision))
        let primary = try #require(stage.cluster.object(.deployments, Self.key))
        let spec = try #require(primary["spec"])
        #expect(spec["replicas"] == 7)
        #expect(spec["paused"] == nil && spec["progressDeadlineSeconds"] == nil)
        #expect(spec["fieldOfNextYear"] == true)
        #expect(spec[path: "template", "spec", "priorityClassName"] == "high")
        #expect(primary.annotation("contact") == "web")
        #expect(primary.label("app.kubernetes.io/part-of") == "shop" && primary.label("added") == "here")
        #expect(primary.annotation("canarygate.dev/revision") == revision)
    }

    @Test func refusesToCopyWhatHasChangedMeanwhile() async throws {
        let stage = try Self.stage("podinfo", Examples.shortCanary())
        try await stage.perform(.createPrimary)
        await #expect(throws: ControllerError.self) { try await stage.perform(.copyTemplate(revision: "0123456789")) }
    }

    @Test func namesWhereThePrimarysTemplateIsNotWhatItShouldBe() async throws {
        var canary = try Examples.shortCanary()
        canary[path: "spec", "autoscalerRef"] = nil
        canary[path: "status"] = ["phase": "Promoting"]
        let stage = try Self.stage("everything", canary)
        try await stage.perform(.createPrimary)
        #expect(try await stage.observation().templateDifferences == [])
        stage.cluster.modify(.deployments, Self.key) { primary in
            primary[path: "spec", "template", "spec", "hostNetwork"] = true
            primary.changeElements(of: ["spec", "template", "spec", "containers"]) { $0["image"] = "other:1" }
        }
        #expect(
            try await stage.observation().templateDifferences == ["spec.containers[0].image", "spec.hostNetwork"]
        )
    }

    @Test func scalesThePrimary() async throws {
        let stage = try Self.stage("podinfo", Examples.shortCanary())
        try await stage.perform(.createPrimary)
        try await stage.perform(.scalePrimary(to: 5))
        #expect(stage.cluster.object(.deployments, Self.key)?.replicas == 5)
    }
}
