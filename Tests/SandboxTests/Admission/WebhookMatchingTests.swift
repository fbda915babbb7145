import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WebhookMatchingTests {
    @Test(arguments: [
        (#"{"operations":["UPDATE"]}"#, false), (#"{"operations":["CREATE","UPDATE"]}"#, true),
        (#"{"apiGroups":["apps"]}"#, true), (#"{"apiGroups":[""]}"#, false), (#"{"apiVersions":["v2"]}"#, false),
        (#"{"scope":"Cluster"}"#, false), (#"{"scope":"Namespaced"}"#, true),
        (#"{"resources":["deployments"]}"#, true), (#"{"resources":["deployments/*"]}"#, true),
        (#"{"resources":["*/*"]}"#, true), (#"{"resources":["deployments/scale"]}"#, false),
        (#"{"resources":["*/scale"]}"#, false), (#"{"resources":["services","*"]}"#, true),
    ])
    func goesByTheRules(rule: String, isAsked: Bool) async throws {
        try await expect(isAsked, rule: rule, attempt(deployment(), type: .deployments))
    }

    @Test(arguments: [
        (#"{"resources":["deployments"]}"#, false), (#"{"resources":["*"]}"#, false),
        (#"{"resources":["deployments/*"]}"#, true), (#"{"resources":["deployments/scale"]}"#, true),
        (#"{"resources":["*/scale"]}"#, true), (#"{"resources":["*/*"]}"#, true),
        (#"{"resources":["deployments/status"]}"#, false),
    ])
    func tellsSubresourcesApart(rule: String, isAsked: Bool) async throws {
        let write = attempt(deployment(), replacing: deployment(), type: .deployments, subresource: "scale")
        try await expect(isAsked, rule: rule, write)
    }

    @Test(arguments: [
        (#"{"matchLabels":{"team":"a"}}"#, true), (#"{"matchLabels":{"team":"b"}}"#, false),
        (#"{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"NotIn","values":["test"]}]}"#, false),
        (#"{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"In","values":["test"]}]}"#, true),
        (#"{"matchExpressions":[{"key":"team","operator":"Exists"}]}"#, true),
        (#"{"matchExpressions":[{"key":"team","operator":"DoesNotExist"}]}"#, false),
    ])
    func goesByTheNamespacesLabels(selector: String, isAsked: Bool) async throws {
        let changes: JSONValue = ["namespaceSelector": try JSONValue(parsing: selector)]
        try await expect(isAsked, changes, attempt())
    }

    @Test func matchesANamespaceByItsOwnLabelsAndOtherClusterObjectsAlways() async throws {
        let changes: JSONValue = ["namespaceSelector": ["matchLabels": ["team": "b"]]]
        let namespace: JSONValue = ["metadata": ["name": "new", "labels": ["team": "b"]]]
        try await expect(true, changes, attempt(namespace, type: .namespaces))
        try await expect(false, changes, attempt(["metadata": ["name": "new"]], type: .namespaces))
        let definition: JSONValue = ["metadata": ["name": "a"]]
        try await expect(true, changes, attempt(definition, type: .customResourceDefinitions))
    }

    @Test func failsWithoutTheNamespace() async throws {
        let bench = AdmissionBench()
        bench.register(
            mutating: true,
            [webhook("check.example.com", ["namespaceSelector": ["matchLabels": ["a": "b"]]])]
        )
        let error = await failure { () async throws(KubernetesError) in
            try await bench.admission.mutate(attempt(configMap("a", namespace: "nowhere")))
        }
        #expect(error?.code == 404)
        #expect(error?.message == "namespaces \"nowhere\" not found")
    }

    @Test func matchesTheLabelsOfTheNewOrTheOldObject() async throws {
        let changes: JSONValue = ["objectSelector": ["matchLabels": ["app": "podinfo"]]]
        var bare = deployment()
        bare[path: "metadata", "labels"] = nil
        try await expect(true, changes, attempt(deployment(), replacing: bare, type: .deployments))
        try await expect(true, changes, attempt(bare, replacing: deployment(), type: .deployments))
        try await expect(true, changes, attempt(nil, replacing: deployment(), type: .deployments))
        try await expect(false, changes, attempt(bare, replacing: bare, type: .deployments))
    }

    @Test(arguments: [ResourceType.mutatingWebhooks, .validatingWebhooks])
    func neverSendsWebhookConfigurations(type: ResourceType) async throws {
        try await expect(false, .object(JSONObject()), attempt(["metadata": ["name": "a"]], type: type))
    }

    private func expect(_ isAsked: Bool, rule: String, _ write: AdmissionAttempt) async throws {
        let everything: JSONValue = [
            "operations": ["*"], "apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*"],
        ]
        try await expect(isAsked, ["rules": [everything.merging(try JSONValue(parsing: rule))]], write)
    }

    private func expect(_ isAsked: Bool, _ changes: JSONValue, _ write: AdmissionAttempt) async throws {
        let bench = AdmissionBench()
        bench.register(mutating: true, [webhook("check.example.com", changes)])
        bench.register(mutating: false, [webhook("check.example.com", changes)])
        _ = try await bench.admission.mutate(write)
        _ = try await bench.admission.validate(write)
        #expect(bench.server.reviews.count == (isAsked ? 2 : 0))
    }
}
