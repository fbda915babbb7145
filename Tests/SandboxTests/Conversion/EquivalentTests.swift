import Admission
import HTTP
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// In which version a webhook is asked about an object of a kind with two.
@Suite(.timeLimit(.minutes(1))) struct EquivalentTests {
    private typealias Fixture = WidgetFixture

    private static let stored = ResourceType(group: "a.example", version: "v1", plural: "widgets", kind: "Widget")
    private static let sent = ResourceType(group: "a.example", version: "v1alpha1", plural: "widgets", kind: "Widget")

    /// Webhooks, and a converter on the same server.
    private static func bench(_ response: @escaping @Sendable (JSONValue) -> JSONValue) -> AdmissionBench {
        let bench = AdmissionBench(
            FakeWebhookServer { request, review in
                var answer = review
                var members: JSONValue
                if review["kind"] == "ConversionReview" {
                    let object = review[path: "request", "objects"]?[0] ?? .null
                    let version = review[path: "request", "desiredAPIVersion"] ?? .null
                    members = [
                        "convertedObjects": [Fixture.converted(object, to: version)], "result": ["status": "Success"],
                    ]
                } else {
                    members = response(review)
                }
                members["uid"] = review[path: "request", "uid"]
                answer["response"] = members
                return FakeWebhookServer.json(answer)
            }
        )
        bench.cluster.put(.customResourceDefinitions, Fixture.definition)
        return bench
    }

    private static func write() -> AdmissionAttempt {
        var object = Fixture.converted(Fixture.old(), to: "a.example/v1")
        object[path: "metadata", "namespace"] = "test"
        var write = attempt(object, type: stored)
        write.requestType = sent
        return write
    }

    private func rules(_ versions: JSONValue, _ policy: String = "Equivalent") -> JSONValue {
        [
            "matchPolicy": .string(policy),
            "rules": [
                ["operations": ["*"], "apiGroups": ["*"], "apiVersions": versions, "resources": ["widgets"]]
            ],
        ]
    }

    @Test(
        arguments: [
            (["v1"], "Equivalent", "v1"), (["v1"], "Exact", nil), (["v1alpha1"], "Exact", "v1alpha1"),
            (["v1alpha1"], "Equivalent", "v1alpha1"), (["*"], "Equivalent", "v1alpha1"), (["v2"], "Equivalent", nil),
        ] as [(JSONValue, String, String?)]
    )
    func isTheRequestsOwnWhereARuleListsIt(versions: JSONValue, policy: String, expected: String?) async throws {
        let bench = Self.bench { _ in ["allowed": true] }
        bench.register(mutating: false, [webhook("check.example.com", rules(versions, policy))])
        _ = try await bench.admission.validate(Self.write())
        let reviews = bench.server.reviews.filter { $0["kind"] == "AdmissionReview" }
        #expect(reviews.map { $0[path: "request", "kind", "version"]?.string } == (expected.map { [$0] } ?? []))
        guard let review = reviews.first else { return }
        #expect(review[path: "request", "requestKind", "version"] == "v1alpha1")
        #expect(review[path: "request", "requestResource", "version"] == "v1alpha1")
        #expect(review[path: "request", "resource", "version"]?.string == expected)
        let size = review[path: "request", "object", "spec", expected == "v1" ? "size" : "length"]
        #expect(size == 3)
    }

    @Test func isFoundForARequestOfTheStoredVersionToo() async throws {
        let bench = Self.bench { _ in ["allowed": true] }
        bench.register(mutating: false, [webhook("check.example.com", rules(["v1alpha1"]))])
        var write = Self.write()
        write.requestType = Self.stored
        _ = try await bench.admission.validate(write)
        let review = try #require(bench.server.reviews.last)
        #expect(review[path: "request", "object", "spec", "length"] == 3)
        #expect(review[path: "request", "requestKind", "version"] == "v1")
    }

    @Test func isThatOfThePatch() async throws {
        let bench = Self.bench { _ in patching([["op": "replace", "path": "/spec/length", "value": 4]]) }
        bench.register(mutating: true, [webhook("check.example.com", rules(["v1alpha1"]))])
        let object = try await bench.admission.mutate(Self.write()).object
        #expect(object?["apiVersion"] == "a.example/v1")
        #expect(object?[path: "spec", "size"] == 4)
        #expect(object?[path: "spec", "length"] == nil)
    }
}
