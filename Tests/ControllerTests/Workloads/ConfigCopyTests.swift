import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

@testable import Controller

/// The primary's copies of ConfigMaps and Secrets.
@Suite(.timeLimit(.minutes(1))) struct ConfigCopyTests {
    private static let primary = ObjectKey(namespace: "test", name: "podinfo-primary")

    private static func template(_ kind: String, _ name: String, optional: Bool = false) -> JSONValue {
        let reference = kind == "Secret" ? "secretRef" : "configMapRef"
        let source: JSONValue = [reference: ["name": .string(name), "optional": .bool(optional)]]
        return ["containers": [["name": "podinfod", "image": "podinfo:1", "envFrom": [source]]]]
    }

    private static func stage(
        _ kind: String = "ConfigMap",
        optional: Bool = false,
        _ configs: [JSONValue] = [WorkloadExamples.config("ConfigMap", "app", "1")]
    ) throws -> ClusterStage {
        let target = WorkloadExamples.workload("Deployment", template(kind, "app", optional: optional))
        let stage = try ClusterStage(canary: WorkloadExamples.canary("Deployment"), [(.deployments, target)])
        for config in configs { stage.cluster.put(config["kind"] == "Secret" ? .secrets : .configMaps, config) }
        return stage
    }

    private static func value(_ name: String, _ stage: ClusterStage) -> JSONValue? {
        stage.cluster.object(.configMaps, "test", name)?[path: "data", "key"]
    }

    private static func set(_ value: JSONValue, on stage: ClusterStage) {
        stage.cluster.modify(.configMaps, ObjectKey(namespace: "test", name: "app")) { $0[path: "data", "key"] = value }
    }

    private static func read(by workload: JSONValue?) -> JSONValue? {
        workload?[path: "spec", "template", "spec", "containers"]?[0]?["envFrom"]?[0]?[path: "configMapRef", "name"]
    }

    @Test(arguments: ["ConfigMap", "Secret"]) func makesCopiesWithAllThatIsInThem(kind: String) async throws {
        var source = WorkloadExamples.config(kind, "app", "MQ==")
        source["immutable"] = true
        source["fieldOfNextYear"] = ["a": 1]
        if kind == "ConfigMap" { source["binaryData"] = ["b": "AAE="] }
        let stage = try Self.stage(kind, [source])
        #expect(try await stage.observation().configs == .missing)
        try await stage.perform(.applyConfigs)
        let type: ResourceType = kind == "Secret" ? .secrets : .configMaps
        let copy = try #require(stage.cluster.object(type, "test", "app-primary")).bare
        var expected = source
        expected["metadata"] = [
            "name": "app-primary", "namespace": "test", "labels": ["canarygate.dev/managed": "true"],
            "ownerReferences": [try Canary(stage.canary).ownerReference],
        ]
        #expect(copy == expected)
        #expect(try await stage.observation().configs == .current)
    }

    @Test func changesNothingUntilAPromotionAsksForIt() async throws {
        let stage = try Self.stage()
        try await stage.perform(.applyConfigs)
        try await stage.perform(.createPrimary)
        #expect(Self.read(by: stage.cluster.object(.deployments, Self.primary)) == "app-primary")
        Self.set("2", on: stage)
        #expect(try await stage.observation().configs == .differs)
        #expect(Self.value("app-primary", stage) == "1")
        try await stage.perform(.applyConfigs)
        #expect(Self.value("app-primary", stage) == "2")
        #expect(try await stage.observation().configs == .current)
    }

    @Test func readsWhatIsNotTrackedAsItIs() async throws {
        var optedOut = WorkloadExamples.config("ConfigMap", "app", "1")
        optedOut[path: "metadata", "annotations"] = ["flagger.app/config-tracking": "disabled"]
        let stage = try Self.stage("ConfigMap", [optedOut])
        #expect(try await stage.observation().configs == nil)
        try await stage.perform(.createPrimary)
        #expect(Self.read(by: stage.cluster.object(.deployments, Self.primary)) == "app")
    }

    @Test func tracksNothingWhereThatIsSwitchedOff() async throws {
        let target = WorkloadExamples.workload("Deployment", Self.template("ConfigMap", "app"))
        let stage = try ClusterStage(
            canary: WorkloadExamples.canary("Deployment"),
            [(.deployments, target), (.configMaps, WorkloadExamples.config("ConfigMap", "app", "1"))],
            copying: CopySettings(tracksConfigs: false)
        )
        #expect(try await stage.observation().configs == nil)
    }

    @Test func leavesObjectsOfOthersAlone() async throws {
        let others = WorkloadExamples.config("ConfigMap", "app-primary", "theirs")
        let stage = try Self.stage("ConfigMap", [WorkloadExamples.config("ConfigMap", "app", "1"), others])
        let words = "ConfigMap app-primary.test is owned by nobody"
        #expect(try await stage.observation().configs == .foreign(words))
        await #expect(throws: ControllerError.self) { try await stage.perform(.applyConfigs) }
        #expect(Self.value("app-primary", stage) == "theirs")
    }

    /// Reading again would not help, so it is no news that something has changed.
    @Test func saysWhoseTheObjectIsThatStandsWhereDataAreKept() async throws {
        let stage = try Self.stage()
        try await stage.perform(.applyConfigs)
        stage.cluster.put(.configMaps, WorkloadExamples.config("ConfigMap", "app-primary-previous", "theirs"))
        Self.set("2", on: stage)
        let error = await #expect(throws: ControllerError.self) { try await stage.perform(.applyConfigs) }
        #expect(error?.isStale == false)
        #expect(error?.reason.hasPrefix("ConfigMap app-primary-previous.test is owned by nobody") == true)
        #expect(Self.value("app-primary", stage) == "1" && Self.value("app-primary-previous", stage) == "theirs")
    }

    @Test func givesEachOfTwoCanariesACopyOfTheirOwn() async throws {
        let stage = try Self.stage()
        let shop = ObjectKey(namespace: "test", name: "shop")
        stage.cluster.put(.canaries, try WorkloadExamples.canary("Deployment", name: "shop"))
        stage.cluster.put(
            .deployments,
            WorkloadExamples.workload("Deployment", name: "shop", Self.template("ConfigMap", "app"))
        )
        try await stage.perform(.applyConfigs)
        try await stage.perform(.applyConfigs, for: shop)
        try await stage.perform(.createPrimary, for: shop)
        #expect(Self.read(by: stage.cluster.object(.deployments, "test", "shop-primary")) == "app-shop-primary")
        Self.set("2", on: stage)
        try await stage.perform(.applyConfigs, for: shop)
        #expect(Self.value("app-shop-primary", stage) == "2")
        #expect(Self.value("app-primary", stage) == "1")
        // It keeps the name of its copy when the other one is gone.
        stage.cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "app-primary"))
        #expect(try await stage.snapshot(of: shop).configs.map(\.copyName) == ["app-shop-primary"])
        #expect(try await stage.observation(of: shop).configs == .current)
    }

    @Test func takesACopyAwayWhoseObjectWasMissingInTheTest() async throws {
        let stage = try Self.stage(optional: true)
        try await stage.perform(.applyConfigs)
        stage.cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "app"))
        #expect(try await stage.observation().configs == .differs)
        try await stage.perform(.applyConfigs)
        #expect(Self.value("app-primary", stage) == nil)
        try await stage.perform(.createPrimary)
        // What comes later under the old name has not been tested.
        #expect(Self.read(by: stage.cluster.object(.deployments, Self.primary)) == "app-primary")
    }

    @Test func replacesWhatCannotBeChanged() async throws {
        var source = WorkloadExamples.config("ConfigMap", "app", "1")
        source["immutable"] = true
        let stage = try Self.stage("ConfigMap", [source])
        try await stage.perform(.applyConfigs)
        let before = stage.cluster.object(.configMaps, "test", "app-primary")?.uid
        Self.set("2", on: stage)
        try await stage.perform(.applyConfigs)
        let after = stage.cluster.object(.configMaps, "test", "app-primary")
        #expect(after?.uid != before && after?[path: "data", "key"] == "2" && after?["immutable"] == true)
    }
}
