import JSON
import Kubernetes
import TestSupport

/// Targets of other kinds, and what goes with them.
enum WorkloadExamples {
    /// The story's Canary for a target of `kind`, without an autoscaler.
    static func canary(_ kind: String, name: String = "podinfo") throws -> JSONValue {
        var canary = try Examples.shortCanary()
        canary[path: "metadata", "name"] = .string(name)
        canary[path: "metadata", "uid"] = .string("\(name)-uid")
        canary[path: "spec", "autoscalerRef"] = nil
        canary[path: "spec", "targetRef"] = [
            "apiVersion": kind == "Service" ? "v1" : "apps/v1", "kind": .string(kind), "name": .string(name),
        ]
        return canary
    }

    /// A workload of `kind` with one container, and `spec` in its pods.
    static func workload(_ kind: String, name: String = "podinfo", _ spec: JSONValue = [:]) -> JSONValue {
        var pods: JSONValue = [
            "containers": [["name": "podinfod", "image": "podinfo:1", "ports": [["containerPort": 9_898]]]]
        ]
        for member in spec.object ?? JSONObject() { pods[member.key] = member.value }
        let labels: JSONValue = ["app": .string(name)]
        var object: JSONValue = [
            "apiVersion": "apps/v1", "kind": .string(kind),
            "metadata": ["name": .string(name), "namespace": "test", "labels": labels],
            "spec": [
                "selector": ["matchLabels": labels], "template": ["metadata": ["labels": labels], "spec": pods],
            ],
        ]
        if kind == "Deployment" { object[path: "spec", "replicas"] = 2 }
        return object
    }

    /// A ConfigMap or Secret.
    static func config(_ kind: String, _ name: String, _ value: String) -> JSONValue {
        var object: JSONValue = [
            "apiVersion": "v1", "kind": .string(kind), "metadata": ["name": .string(name), "namespace": "test"],
            "data": ["key": .string(value)],
        ]
        if kind == "Secret" { object["type"] = "Opaque" }
        return object
    }
}
