import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

@testable import Controller

/// A promotion that failed is taken back as a whole: the primary's template and the data that it read.
@Suite(.timeLimit(.minutes(1))) struct RestoringTests {
    private static let primary = ObjectKey(namespace: "test", name: "podinfo-primary")
    private static let image = ["spec", "template", "spec", "containers"]

    private static func value(_ name: String, _ stage: ClusterStage) -> JSONValue? {
        stage.cluster.object(.configMaps, "test", name)?[path: "data", "key"]
    }

    private static func entry(_ target: JSONValue) -> RevisionEntry {
        RevisionEntry(
            revision: "old",
            change: "",
            requestedBy: "",
            requestedAt: nil,
            startedAt: nil,
            template: target.template
        )
    }

    /// A stage whose promotion of another image and other data has failed, and the ledger's entry of what was before.
    private static func failed() async throws -> (ClusterStage, RevisionEntry) {
        let spec: JSONValue = [
            "containers": [
                [
                    "name": "podinfod", "image": "podinfo:1",
                    "envFrom": [["configMapRef": ["name": "app"]], ["configMapRef": ["name": "still"]]],
                ]
            ]
        ]
        let target = WorkloadExamples.workload("Deployment", spec)
        let stage = try ClusterStage(canary: WorkloadExamples.canary("Deployment"), [(.deployments, target)])
        for name in ["app", "still"] { stage.cluster.put(.configMaps, WorkloadExamples.config("ConfigMap", name, "1")) }
        try await stage.perform(.applyConfigs)
        try await stage.perform(.createPrimary)
        stage.cluster.modify(.canaries, test) { $0[path: "status", "lastPromotedSpec"] = "old" }
        try await promote(image: "podinfo:2", data: "2", on: stage)
        return (stage, entry(target))
    }

    private static func promote(image tag: String, data: JSONValue, on stage: ClusterStage) async throws {
        stage.cluster.modify(.deployments, test) { target in
            target.changeElements(of: image) { $0["image"] = .string(tag) }
        }
        stage.cluster.modify(.configMaps, ObjectKey(namespace: "test", name: "app")) { $0[path: "data", "key"] = data }
        let revision = try #require(try await stage.snapshot().revision)
        try await stage.perform(.applyConfigs)
        try await stage.perform(.copyTemplate(revision: revision))
    }

    private static func restore(_ stage: ClusterStage, _ entry: RevisionEntry) async throws {
        var snapshot = try await stage.snapshot()
        snapshot.ledger = [entry]
        let workshop = Workshop(api: stage.cluster, snapshot: snapshot, ingressClass: nil)
        try await workshop.perform(.restorePrimary(revision: "old"))
    }

    @Test func putsTemplateAndDataBack() async throws {
        let (stage, entry) = try await Self.failed()
        #expect(Self.value("app-primary", stage) == "2")
        #expect(Self.value("app-primary-previous", stage) == "1")
        #expect(Self.value("still-primary-previous", stage) == nil)
        try await Self.restore(stage, entry)
        #expect(Self.value("app-primary", stage) == "1" && Self.value("still-primary", stage) == "1")
        let primary = try #require(stage.cluster.object(.deployments, Self.primary))
        #expect(primary.template.image == "podinfo:1")
        #expect(primary.annotation("canarygate.dev/revision") == "old")
        let read = primary.template[path: "spec", "containers"]?[0]?["envFrom"]
        #expect(read == [["configMapRef": ["name": "app-primary"]], ["configMapRef": ["name": "still-primary"]]])
    }

    @Test func makesAPrimaryThatIsGone() async throws {
        let (stage, entry) = try await Self.failed()
        try await Self.restore(stage, entry)
        let before = try #require(stage.cluster.object(.deployments, Self.primary)).bare
        stage.cluster.remove(.deployments, Self.primary)
        try await Self.restore(stage, entry)
        #expect(stage.cluster.object(.deployments, Self.primary)?.bare == before)
    }

    @Test func doesNoHarmWhenItIsDoneTwice() async throws {
        let (stage, entry) = try await Self.failed()
        try await Self.restore(stage, entry)
        let before = try #require(stage.cluster.object(.deployments, Self.primary)).bare
        try await Self.restore(stage, entry)
        #expect(stage.cluster.object(.deployments, Self.primary)?.bare == before)
        #expect(Self.value("app-primary", stage) == "1")
    }

    @Test func keepsTheDataOfThePromotedRevisionThroughSeveralThatFail() async throws {
        let (stage, entry) = try await Self.failed()
        try await Self.promote(image: "podinfo:3", data: "3", on: stage)
        #expect(Self.value("app-primary", stage) == "3")
        try await Self.restore(stage, entry)
        #expect(Self.value("app-primary", stage) == "1")
    }

    @Test func leavesDataThatAnEarlierPromotionReplaced() async throws {
        let (stage, entry) = try await Self.failed()
        // That promotion went well after all, and the next, which changes other data, does not.
        stage.cluster.modify(.canaries, test) { $0[path: "status", "lastPromotedSpec"] = "later" }
        var later = entry
        later.revision = "later"
        var snapshot = try await stage.snapshot()
        snapshot.ledger = [later]
        try await Workshop(api: stage.cluster, snapshot: snapshot, ingressClass: nil)
            .perform(.restorePrimary(revision: "later"))
        #expect(Self.value("app-primary", stage) == "2")
    }

    @Test func saysThatTheLedgerHasNoSuchRevision() async throws {
        let (stage, _) = try await Self.failed()
        let error = await #expect(throws: ControllerError.self) {
            try await stage.perform(.restorePrimary(revision: "unknown"))
        }
        #expect(error?.description.hasSuffix("the ledger has no revision unknown") == true)
    }
}
