import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// Autoscalers in both their versions.
@Suite(.timeLimit(.minutes(1))) struct AutoscalerVersionTests {
    private let fixture = APIFixture()
    private static let first = "/apis/autoscaling/v1/namespaces/test/horizontalpodautoscalers"
    private static let second = "/apis/autoscaling/v2/namespaces/test/horizontalpodautoscalers"

    /// What `kubectl autoscale` posts.
    private static let posted: JSONValue = [
        "kind": "HorizontalPodAutoscaler", "apiVersion": "autoscaling/v1", "metadata": ["name": "podinfo"],
        "spec": [
            "scaleTargetRef": ["kind": "Deployment", "name": "podinfo", "apiVersion": "apps/v1"], "minReplicas": 2,
            "maxReplicas": 4, "targetCPUUtilizationPercentage": 80,
        ],
    ]

    private func cpu(_ percent: JSONValue) -> JSONValue {
        [
            "type": "Resource",
            "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": percent]],
        ]
    }

    @Test func areStoredAndReviewedInTheSecondVersion() async throws {
        let answer = await fixture.send(.post, Self.first, Self.posted)
        #expect(answer.status == 201)
        #expect(try answer.json["apiVersion"] == "autoscaling/v1")
        #expect(try answer.json[path: "spec", "targetCPUUtilizationPercentage"] == 80)
        let stored = try await fixture.send(.get, "\(Self.second)/podinfo").json
        #expect(stored["apiVersion"] == "autoscaling/v2")
        #expect(stored[path: "spec", "metrics"] == [cpu(80)])
        #expect(stored[path: "spec", "targetCPUUtilizationPercentage"] == nil)
        #expect(fixture.admission.mutated.first?.type == .autoscalers)
        #expect(fixture.admission.mutated.first?.object?[path: "spec", "metrics"] == [cpu(80)])
    }

    @Test func loseNothingInTheFirstVersion() async throws {
        var object = Self.posted
        let queue: JSONValue = ["type": "External", "external": ["metric": ["name": "queue"]]]
        object["apiVersion"] = "autoscaling/v2"
        object[path: "spec", "targetCPUUtilizationPercentage"] = nil
        object[path: "spec", "metrics"] = [queue, cpu(80)]
        object[path: "spec", "behavior"] = ["scaleDown": ["stabilizationWindowSeconds": 60]]
        #expect(await fixture.send(.post, Self.second, object).status == 201)
        let patch: JSONValue = ["spec": ["targetCPUUtilizationPercentage": 50]]
        let type = "application/merge-patch+json"
        let answer = await fixture.send(.patch, "\(Self.first)/podinfo", patch, type: type)
        #expect(answer.status == 200)
        #expect(try answer.json[path: "spec", "targetCPUUtilizationPercentage"] == 50)
        #expect(try answer.json[path: "spec", "metrics"] == nil)
        let stored = try await fixture.send(.get, "\(Self.second)/podinfo").json
        #expect(stored[path: "spec", "metrics"] == [cpu(50), queue])
        #expect(stored[path: "spec", "behavior", "scaleDown", "stabilizationWindowSeconds"] == 60)
        #expect(stored[path: "metadata", "annotations"] == nil)
    }

    @Test func areListedInBothVersions() async throws {
        _ = await fixture.send(.post, Self.first, Self.posted)
        #expect(try await fixture.send(.get, Self.first).json["apiVersion"] == "autoscaling/v1")
        for path in [Self.first, Self.second] {
            let table = try await fixture.send(.get, path, accept: tableV1).json
            #expect(table["rows"]?[0]?["cells"]?[2] == "cpu: <unknown>/80%")
        }
        let group = try await fixture.send(.get, "/apis/autoscaling").json
        #expect(group[path: "preferredVersion", "version"] == "v2")
        #expect((group["versions"]?.array ?? []).map { $0["version"] } == ["v2", "v1"])
    }
}
