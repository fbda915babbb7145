import JSON
import Kubernetes

/// HorizontalPodAutoscalers in `autoscaling/v1`, as `kubectl autoscale` writes them; they are stored in v2.
///
/// Source: Kubernetes `pkg/apis/autoscaling/v1/conversion.go`: what v1 has no field for travels in annotations.
enum AutoscalerConversion {
    static let version = "v1"
    private static let carried = ["metrics", "behavior"]

    private static func annotation(_ field: String) -> String { "autoscaling.alpha.kubernetes.io/\(field)" }

    /// The v2 object in v1.
    static func first(of object: JSONValue) -> JSONValue {
        var object = object
        object["apiVersion"] = "autoscaling/v1"
        let metrics = object[path: "spec", "metrics"]?.array ?? []
        let cpu = metrics.first { target(of: $0) != nil }
        object[path: "spec", "targetCPUUtilizationPercentage"] = cpu.flatMap(target)
        let others = metrics.filter { $0 != cpu }
        object[path: "spec", "metrics"] = others.isEmpty ? nil : .array(others)
        for field in carried {
            guard let value = object[path: "spec", field] else { continue }
            object[path: "metadata", "annotations", annotation(field)] = .string(value.text)
            object[path: "spec", field] = nil
        }
        let current = object[path: "status", "currentMetrics"]?.array ?? []
        if let used = current.lazy.compactMap({ $0[path: "resource", "current", "averageUtilization"] }).first {
            object[path: "status", "currentCPUUtilizationPercentage"] = used
        }
        for field in ["currentMetrics", "conditions"] { object[path: "status", field] = nil }
        return object
    }

    /// The v1 object in v2; one that is in v2 already is left alone.
    static func stored(_ object: JSONValue) -> JSONValue {
        guard object["apiVersion"] == "autoscaling/v1" else { return object }
        var object = object
        object["apiVersion"] = "autoscaling/v2"
        for field in carried {
            guard let text = object.annotation(annotation(field)) else { continue }
            object[path: "metadata", "annotations", annotation(field)] = nil
            object[path: "spec", field] = value(in: text)
        }
        if object[path: "metadata", "annotations"]?.object?.isEmpty == true {
            object[path: "metadata", "annotations"] = nil
        }
        if let target = object[path: "spec", "targetCPUUtilizationPercentage"] {
            let metric = resource("target", ["type": "Utilization", "averageUtilization": target])
            object[path: "spec", "metrics"] = .array([metric] + (object[path: "spec", "metrics"]?.array ?? []))
            object[path: "spec", "targetCPUUtilizationPercentage"] = nil
        }
        if let used = object[path: "status", "currentCPUUtilizationPercentage"] {
            object[path: "status", "currentMetrics"] = [resource("current", ["averageUtilization": used])]
            object[path: "status", "currentCPUUtilizationPercentage"] = nil
        }
        return object
    }

    private static func resource(_ field: String, _ value: JSONValue) -> JSONValue {
        ["type": "Resource", "resource": ["name": "cpu", field: value]]
    }

    private static func target(of metric: JSONValue) -> JSONValue? {
        guard metric["type"] == "Resource", metric[path: "resource", "name"] == "cpu" else { return nil }
        return metric[path: "resource", "target", "averageUtilization"]
    }

    /// The value that an annotation carries; nil where somebody wrote something else into it.
    private static func value(in text: String) -> JSONValue? {
        do { return try JSONValue(parsing: text) } catch { return nil }
    }
}
