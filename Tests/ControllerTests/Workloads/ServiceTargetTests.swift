import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

@testable import Controller

/// A Canary whose target is a Service: its spec is what is analysed.
@Suite(.timeLimit(.minutes(1))) struct ServiceTargetTests {
    private static let service: JSONValue = [
        "apiVersion": "v1", "kind": "Service",
        "metadata": ["name": "podinfo", "namespace": "test", "labels": ["app": "podinfo"]],
        "spec": [
            "type": "LoadBalancer", "clusterIP": "10.96.0.7", "clusterIPs": ["10.96.0.7"], "selector": ["app": "blue"],
            "sessionAffinity": "None", "externalTrafficPolicy": "Local", "healthCheckNodePort": 30_001,
            "ports": [["name": "http", "port": 80, "targetPort": 9_898, "protocol": "TCP", "nodePort": 30_080]],
        ],
    ]

    private static func stage() throws -> ClusterStage {
        let stage = try ClusterStage(canary: WorkloadExamples.canary("Service"), [(.services, service)])
        for app in ["blue", "green"] {
            stage.cluster.put(.deployments, WorkloadExamples.workload("Deployment", name: app))
        }
        return stage
    }

    private static func select(_ app: String, on stage: ClusterStage) {
        stage.cluster.modify(.services, test) { $0[path: "spec", "selector"] = ["app": .string(app)] }
    }

    private static func app(_ name: String, _ stage: ClusterStage) -> JSONValue? {
        stage.cluster.object(.services, "test", name)?[path: "spec", "selector", "app"]
    }

    @Test func copiesTheTargetTwiceAndLeavesItAlone() async throws {
        let stage = try Self.stage()
        try await stage.run(until: .initialized)
        let target = try #require(stage.cluster.object(.services, test))
        #expect(target["spec"] == Self.service["spec"])
        let primary = try #require(stage.cluster.object(.services, "test", "podinfo-primary"))
        #expect(
            primary["spec"] == [
                "type": "ClusterIP", "selector": ["app": "blue"], "sessionAffinity": "None",
                "ports": [["name": "http", "port": 80, "targetPort": 9_898, "protocol": "TCP"]],
            ]
        )
        #expect(primary[path: "metadata", "ownerReferences"]?[0]?["kind"] == "Canary")
        #expect(Self.app("podinfo-canary", stage) == "blue")
    }

    @Test func keepsANewSpecFromTheRouteUntilItIsLetIn() async throws {
        let stage = try Self.stage()
        try await stage.run(until: .initialized)
        Self.select("green", on: stage)
        try await stage.run(until: .progressing)
        #expect(Self.app("podinfo-canary", stage) == "blue")
        #expect(Self.app("podinfo-primary", stage) == "blue")
        try await stage.run { $0.canary[path: "status", "canaryWeight"] == 25 }
        #expect(Self.app("podinfo-canary", stage) == "green")
        #expect(Self.app("podinfo-primary", stage) == "blue")
    }

    @Test func promotesASpecThatPasses() async throws {
        let stage = try Self.stage()
        try await stage.run(until: .initialized)
        Self.select("green", on: stage)
        try await stage.run(until: .succeeded)
        #expect(Self.app("podinfo-primary", stage) == "green")
        #expect(stage.canary[path: "status", "canaryWeight"] == 0)
    }

    @Test func rollsBackASpecThatFails() async throws {
        let stage = try Self.stage()
        try await stage.run(until: .initialized)
        stage.outside.answers["request-success-rate"] = .value(50)
        Self.select("green", on: stage)
        try await stage.run(until: .failed)
        #expect(Self.app("podinfo-primary", stage) == "blue")
        #expect(try await stage.observation().target?.replicas == 0)
    }

    @Test func keepsWhatWasHandedOutForACopy() async throws {
        let stage = try Self.stage()
        try await stage.perform(.createPrimary)
        stage.cluster.modify(.services, ObjectKey(namespace: "test", name: "podinfo-primary")) { copy in
            copy[path: "spec", "clusterIP"] = "10.96.0.8"
            copy[path: "spec", "clusterIPs"] = ["10.96.0.8"]
        }
        Self.select("green", on: stage)
        let revision = try #require(try await stage.snapshot().revision)
        try await stage.perform(.copyTemplate(revision: revision))
        let spec = stage.cluster.object(.services, "test", "podinfo-primary")?["spec"]
        #expect(spec?["selector"] == ["app": "green"])
        #expect(spec?["clusterIP"] == "10.96.0.8" && spec?["clusterIPs"] == ["10.96.0.8"])
    }
}
