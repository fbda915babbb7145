import Admission
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReviewRequestTests {
    private let bench = AdmissionBench()

    @Test func asksAboutACreation() async throws {
        bench.register(mutating: true, [webhook()])
        let (object, warnings) = try await bench.admission.mutate(attempt())
        #expect(object == configMap("a"))
        #expect(warnings.isEmpty)
        #expect(bench.server.targets == ["/check?timeout=10s"])
        #expect(
            bench.server.reviews.map(\.text) == [
                """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"uid-1",\
                "kind":{"group":"","version":"v1","kind":"ConfigMap"},\
                "resource":{"group":"","version":"v1","resource":"configmaps"},\
                "requestKind":{"group":"","version":"v1","kind":"ConfigMap"},\
                "requestResource":{"group":"","version":"v1","resource":"configmaps"},\
                "name":"a","namespace":"test","operation":"CREATE",\
                "userInfo":{"username":"admin","groups":["system:masters","system:authenticated"]},\
                "object":{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"test"},\
                "data":{"value":"1"}},"oldObject":null,"dryRun":false,\
                "options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"}}}
                """
            ]
        )
    }

    @Test func asksAboutADeletionWithTheOldObjectAlone() async throws {
        bench.register(mutating: false, [webhook()])
        _ = try await bench.admission.validate(attempt(nil, replacing: configMap("a"), isDryRun: true))
        let request = try #require(bench.server.reviews.first?["request"])
        #expect(request["object"] == .null)
        #expect(request["oldObject"] == configMap("a"))
        #expect(request["operation"] == "DELETE")
        #expect(request["dryRun"] == true)
        #expect(request["name"] == "a")
    }

    @Test func namesTheKindOfASubresource() async throws {
        bench.register(mutating: true, [webhook("check.example.com", ["rules": [everything("deployments/scale")]])])
        let scale: JSONValue = [
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": ["name": "podinfo", "namespace": "test"],
            "spec": ["replicas": 3],
        ]
        let write = attempt(scale, replacing: scale, type: .deployments, subresource: "scale")
        let result = try await bench.admission.mutate(write)
        #expect(result.object == scale)
        let request = try #require(bench.server.reviews.first?["request"])
        #expect(request["kind"] == ["group": "autoscaling", "version": "v1", "kind": "Scale"])
        #expect(request["resource"] == ["group": "apps", "version": "v1", "resource": "deployments"])
        #expect(request["subResource"] == "scale")
        #expect(request["requestSubResource"] == "scale")
    }

    @Test func leavesOutTheNameThatIsStillToBeGenerated() async throws {
        bench.register(mutating: true, [webhook()])
        _ = try await bench.admission.mutate(attempt(["metadata": ["generateName": "a-", "namespace": "test"]]))
        let request = try #require(bench.server.reviews.first?["request"]?.object)
        #expect(!request.keys.contains("name"))
        #expect(request["namespace"] == "test")
    }

    @Test func putsANamespaceIntoItself() async throws {
        bench.register(mutating: true, [webhook()])
        _ = try await bench.admission.mutate(attempt(["metadata": ["name": "new"]], type: .namespaces))
        let request = try #require(bench.server.reviews.first?["request"])
        #expect(request["name"] == "new")
        #expect(request["namespace"] == "new")
    }

    @Test func asksInTheFirstVersionThatIsKnown() async throws {
        let versions: JSONValue = ["v2", "v1beta1", "v1"]
        bench.register(mutating: false, [webhook("check.example.com", ["admissionReviewVersions": versions])])
        _ = try await bench.admission.validate(attempt())
        #expect(bench.server.reviews.first?["apiVersion"] == "admission.k8s.io/v1beta1")
    }

    @Test func escapesAsGoDoes() async throws {
        bench.register(mutating: false, [webhook()])
        _ = try await bench.admission.validate(attempt(configMap("a", "<a> & b")))
        let body = try #require(bench.server.bodies.first)
        #expect(body.contains(#""data":{"value":"\u003ca\u003e \u0026 b"}"#))
        #expect(body.last == "\n")
        #expect(bench.server.reviews.first?[path: "request", "object", "data", "value"] == "<a> & b")
    }

    @Test func makesIdsThatAreRandomUUIDs() {
        let ids = (0..<20).map { _ in ReviewUID.random() }
        #expect(Set(ids).count == 20)
        for id in ids {
            #expect(id.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
            let digits = Array(id)
            #expect(digits[14] == "4")
            #expect("89ab".contains(digits[19]))
        }
    }

    private func everything(_ resource: String) -> JSONValue {
        ["operations": ["*"], "apiGroups": ["*"], "apiVersions": ["*"], "resources": [.string(resource)]]
    }
}
