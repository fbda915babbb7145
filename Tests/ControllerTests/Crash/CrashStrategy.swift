import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Sandbox
import TestSupport

@testable import Controller

/// How a revision gets its traffic, and what its target is.
enum CrashStrategy: String, Sendable, CaseIterable {
    /// With an autoscaler, and hooks of every kind.
    case weights
    /// The traffic goes back by a step at each interval.
    case stepsBack
    /// Lists of weights, there and back.
    case lists
    /// An A/B test.
    case matches
    case blueGreen
    /// Blue/green without a proxy.
    case plainServices
    case mirroring
    case sessions
    case daemonSet
    /// A target that is a Service.
    case service
    /// KEDA scales the target.
    case scaledObject
    /// With a ConfigMap that the target reads, and a PodDisruptionBudget.
    case configs

    /// The Canary and its target before the loop has seen them.
    func stage() throws -> Stage {
        let stage = try Stage(canary: canary(), target: target(), autoscaler: self == .weights, others: others)
        if self == .configs {
            stage.setConfig("blue")
            stage.proveTarget()
        }
        return stage
    }

    private func canary() throws -> JSONValue {
        var canary: JSONValue
        switch self {
        case .daemonSet: canary = try WorkloadExamples.canary("DaemonSet")
        case .service: canary = try WorkloadExamples.canary("Service")
        default: canary = try Examples.shortCanary()
        }
        canary[path: "spec", "progressDeadlineSeconds"] = 60
        if self != .weights { canary[path: "spec", "autoscalerRef"] = nil }
        if self == .plainServices { canary[path: "spec", "provider"] = "kubernetes" }
        if self == .scaledObject {
            canary[path: "spec", "autoscalerRef"] = [
                "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "name": "podinfo",
            ]
        }
        var analysis = canary[path: "spec", "analysis"] ?? .null
        if !goesByStepWeight {
            analysis["stepWeight"] = nil
            analysis["maxWeight"] = nil
        }
        for member in fields.object ?? JSONObject() { analysis[member.key] = member.value }
        canary[path: "spec", "analysis"] = analysis
        return canary
    }

    private var goesByStepWeight: Bool { ![.lists, .matches, .blueGreen, .plainServices].contains(self) }

    /// Of `spec.analysis`, beside what the short Canary has.
    private var fields: JSONValue {
        switch self {
        case .weights: ["webhooks": Self.hooks]
        case .stepsBack: ["stepWeightPromotion": 30]
        case .lists: ["stepWeights": [10, 40], "stepWeightsPromotion": [65, 90]]
        case .matches: ["iterations": 2, "match": [["headers": ["x-canary": ["exact": "insider"]]]]]
        case .blueGreen, .plainServices: ["iterations": 2]
        case .mirroring: ["stepWeight": 50, "mirror": true, "mirrorWeight": 20]
        case .sessions:
            ["stepWeight": 50, "sessionAffinity": ["cookieName": "podinfo", "primaryCookieName": "podinfo-primary"]]
        case .daemonSet, .service, .scaledObject, .configs: ["stepWeight": 50]
        }
    }

    private static let hooks = JSONValue.array(
        CanaryHook.Kind.allCases.filter { $0 != .event }.map { kind in
            let name = JSONValue.string("the-\(kind.rawValue)")
            return ["name": name, "type": .string(kind.rawValue), "url": "http://hooks.test/"]
        }
    )

    private func target() throws -> JSONValue {
        switch self {
        case .configs: return try Stage.configuredDeployment()
        case .service: return Self.serviceTarget
        case .daemonSet:
            let image: JSONValue = ["name": "podinfod", "image": "stefanprodan/podinfo:3.1.0"]
            return WorkloadExamples.workload("DaemonSet", ["containers": [image]])
        default: return try Examples.shortDeployment()
        }
    }

    private static let serviceTarget: JSONValue = [
        "apiVersion": "v1", "kind": "Service",
        "metadata": ["name": "podinfo", "namespace": "test", "labels": ["app": "podinfo"]],
        "spec": ["selector": ["app": "3.1.0"], "ports": [["name": "http", "port": 80, "targetPort": 9_898]]],
    ]

    private var others: [(ResourceType, JSONValue)] {
        switch self {
        case .scaledObject: [(.scaledObjects, Self.scaler)]
        case .configs: [(.podDisruptionBudgets, Self.budget)]
        default: []
        }
    }

    private static let scaler: JSONValue = [
        "apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject",
        "metadata": ["name": "podinfo", "namespace": "test"],
        "spec": ["scaleTargetRef": ["name": "podinfo"], "minReplicaCount": 2, "maxReplicaCount": 5],
    ]

    private static let budget: JSONValue = [
        "apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
        "metadata": ["name": "podinfo", "namespace": "test"],
        "spec": ["minAvailable": "50%", "selector": ["matchLabels": ["app": "podinfo"]]],
    ]

    /// Has the target hold the revision `tag`.
    func change(_ stage: Stage, to tag: String) throws {
        switch self {
        case .service:
            stage.cluster.modify(.services, Stage.key) { $0[path: "spec", "selector"] = ["app": .string(tag)] }
        case .daemonSet:
            stage.cluster.modify(.daemonSets, Stage.key) { set in
                set.changeElements(of: ["spec", "template", "spec", "containers"]) { container in
                    container["image"] = .string("stefanprodan/podinfo:\(tag)")
                }
            }
        case .configs:
            stage.setConfig(tag == "3.1.0" ? "blue" : "green")
            try stage.setImage(tag)
        default: try stage.setImage(tag)
        }
    }
}
