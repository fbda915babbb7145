import Admission
import JSON
import Kubernetes
import Platform

/// Canaries to check.
enum CanaryFixture {
    /// One that is fine.
    static let good: JSONValue = [
        "apiVersion": "flagger.app/v1beta1",
        "kind": "Canary",
        "metadata": ["name": "podinfo", "namespace": "test"],
        "spec": [
            "targetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": "podinfo"],
            "service": ["port": 80, "targetPort": 9898],
            "analysis": [
                "interval": "30s",
                "threshold": 5,
                "maxWeight": 50,
                "stepWeight": 5,
                "metrics": [
                    ["name": "request-success-rate", "thresholdRange": ["min": 99], "interval": "1m"],
                    ["name": "request-duration", "thresholdRange": ["max": 500], "interval": "30s"],
                ],
                "webhooks": [["name": "load-test", "type": "rollout", "url": "http://load-tester.test/"]],
            ],
        ],
    ]

    /// The good one with members set, or taken away where the value is nil, in order.
    static func edited(_ edits: [(path: String, value: JSONValue?)]) throws -> JSONValue {
        var patch = JSONPatch()
        for edit in edits {
            guard let pointer = JSONPointer(edit.path) else { continue }
            patch.operations.append(edit.value.map { .add(pointer, $0) } ?? .remove(pointer))
        }
        return try patch.applied(to: good)
    }

    /// A request to make or change `object`.
    static func request(
        _ object: JSONValue,
        old: JSONValue? = nil,
        subresource: String? = nil,
        kind: String = "Canary"
    ) throws -> AdmissionRequest {
        AdmissionRequest(
            uid: "u-1",
            group: "flagger.app",
            version: "v1beta1",
            resource: "canaries",
            kind: kind,
            subresource: subresource,
            name: "podinfo",
            namespace: "test",
            operation: old == nil ? .create : .update,
            username: "admin",
            object: try JSONDocument(parsing: object.serialized).root,
            oldObject: try old.map { try JSONDocument(parsing: $0.serialized).root }
        )
    }

    static let now = Timestamp(seconds: 1_764_043_200)
}
