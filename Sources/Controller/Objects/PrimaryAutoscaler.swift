import FlaggerAPI
import JSON
import Kubernetes

/// The HorizontalPodAutoscaler of the primary: a copy of the target's that scales the primary.
enum PrimaryAutoscaler {
    /// The spec that the copy should have.
    static func spec(for canary: Canary, source: JSONValue) -> JSONValue {
        var spec = source["spec"] ?? .object(JSONObject())
        spec[path: "scaleTargetRef", "name"] = .string(canary.primaryName)
        if let minimum = canary.primaryReplicas.minimum { spec["minReplicas"] = .number(JSONNumber(minimum)) }
        if let maximum = canary.primaryReplicas.maximum { spec["maxReplicas"] = .number(JSONNumber(maximum)) }
        // What is measured on the target itself is measured on the primary.
        spec.changeElements(of: ["metrics"]) { metric in
            metric.change(["object", "describedObject"]) { object in
                guard object["kind"]?.string == canary.target.kind, object["name"]?.string == canary.target.name
                else { return }
                object["name"] = .string(canary.primaryName)
            }
        }
        return spec
    }
}
