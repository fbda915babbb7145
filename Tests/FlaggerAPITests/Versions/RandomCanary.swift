import FlaggerAPI
import JSON
import TestSupport

/// Canaries drawn from a seed: some as people write them, some that nobody should.
struct RandomCanary {
    private var values: SeededValues

    init(seed: UInt64) { values = SeededValues(seed: seed) }

    private mutating func one(in count: Int) -> Bool { Int.random(in: 0..<count, using: &values) == 0 }

    /// A Canary of `version`, without annotations of the conversion.
    mutating func canary(_ version: String) -> JSONValue {
        var object: JSONValue = ["apiVersion": .string(version), "kind": "Canary"]
        object["metadata"] = metadata()
        if !one(in: 20) { object["spec"] = spec() }
        if one(in: 2) { object["status"] = values.value(depth: 2) }
        return object
    }

    /// The API server leaves empty maps of labels and annotations out.
    private mutating func metadata() -> JSONValue {
        var metadata: JSONValue = ["name": "podinfo", "namespace": "test", "uid": "u-1"]
        if one(in: 2) { metadata["labels"] = [values.text() + "a": .string(values.text())] }
        if one(in: 2) { metadata["annotations"] = ["a.example/" + values.text(): .string(values.text())] }
        if one(in: 3) { metadata["managedFields"] = values.value(depth: 3) }
        return metadata
    }

    private mutating func spec() -> JSONValue {
        if one(in: 20) { return values.value(depth: 2) }
        var spec: JSONValue = .object(JSONObject())
        if one(in: 2) { spec["targetRef"] = ["kind": "Deployment", "name": "podinfo"] }
        if !one(in: 3) { spec["canaryAnalysis"] = analysis() }
        if !one(in: 3) { spec["analysis"] = analysis() }
        for _ in 0..<Int.random(in: 0..<3, using: &values) { spec[values.text() + "x"] = values.value(depth: 2) }
        return spec
    }

    private mutating func analysis() -> JSONValue {
        if one(in: 10) { return values.value(depth: 2) }
        var analysis: JSONValue = ["interval": "30s", "threshold": 5]
        if one(in: 2) { analysis[values.text()] = values.value(depth: 2) }
        if !one(in: 4) {
            analysis["metrics"] = .array((0..<Int.random(in: 0..<5, using: &values)).map { _ in metric() })
        }
        return analysis
    }

    private static let names = [
        "request-success-rate", "request-duration", "istio_requests_total", "envoy_cluster_upstream_rq",
        "istio_request_duration_seconds_bucket", "envoy_cluster_upstream_rq_time_bucket", "latency",
    ]

    private mutating func metric() -> JSONValue {
        if one(in: 12) { return values.value(depth: 1) }
        let name = Self.names[Int.random(in: 0..<Self.names.count, using: &values)]
        var metric: JSONValue = ["name": .string(name)]
        if one(in: 2) { metric["threshold"] = .number(JSONNumber(Int.random(in: 0..<500, using: &values))) }
        if one(in: 4) { metric["query"] = one(in: 3) ? .null : "up" }
        if one(in: 4) { metric["templateRef"] = ["name": "latency"] }
        return metric
    }
}
