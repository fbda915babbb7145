import FlaggerAPI
import JSON
import Kubernetes

/// The HorizontalPodAutoscaler of the primary: a copy of the target's that scales the primary.
enum PrimaryAutoscaler {
    /// The object to create for `source`.
    static func make(for canary: Canary, source: JSONValue) -> JSONValue {
        [
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
            "metadata": [
                "name": .string("\(source.name)-primary"), "namespace": .string(canary.namespace),
                "ownerReferences": [canary.ownerReference],
            ],
            "spec": spec(for: canary, source: source),
        ]
    }

    /// The spec that the copy should have.
    static func spec(for canary: Canary, source: JSONValue) -> JSONValue {
        var spec = source["spec"] ?? .object(JSONObject())
        spec[path: "scaleTargetRef", "name"] = .string(canary.primaryName)
        if let minimum = canary.primaryReplicas.minimum { spec["minReplicas"] = .number(JSONNumber(minimum)) }
        if let maximum = canary.primaryReplicas.maximum { spec["maxReplicas"] = .number(JSONNumber(maximum)) }
        return spec
    }
}
