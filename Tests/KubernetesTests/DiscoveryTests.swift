import HTTP
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// What a server says of its kinds.
@Suite(.timeLimit(.minutes(1))) struct DiscoveryTests {
    private static let missing = ServerResponse.failure(404, "NotFound", "the server could not find the resource")

    private static let scaling = ServerResponse.json([
        "kind": "APIResourceList", "groupVersion": "autoscaling/v2",
        "resources": [
            [
                "name": "horizontalpodautoscalers", "kind": "HorizontalPodAutoscaler", "namespaced": true,
                "verbs": ["get", "list"],
            ],
            [
                "name": "horizontalpodautoscalers/status", "kind": "HorizontalPodAutoscaler", "namespaced": true,
                "verbs": ["get", "patch"],
            ], ["name": "a", "kind": "A", "verbs": []],
        ],
    ])

    @Test func listsTheKindsOfAVersion() async throws {
        let server = ScriptedServer([Self.scaling])
        let resources = try #require(try await server.client().resources(of: "autoscaling", version: "v2"))
        #expect(resources.map(\.type.plural) == ["a", "horizontalpodautoscalers"])
        #expect(resources[0].type.isNamespaced == false)
        #expect(resources[1].type == .autoscalers)
        #expect(resources[1].verbs == ["get", "list"])
        #expect(resources[1].subresources == ["status"])
        #expect(server.lines == ["GET /apis/autoscaling/v2"])
    }

    @Test func takesTheFirstVersionThatIsServed() async throws {
        let older = ResourceType(
            group: "autoscaling",
            version: "v2beta2",
            plural: "horizontalpodautoscalers",
            kind: "HorizontalPodAutoscaler"
        )
        let server = ScriptedServer([Self.missing, Self.scaling, Self.missing, Self.missing])
        let client = server.client()
        #expect(try await client.firstServed(of: [older, .autoscalers]) == .autoscalers)
        #expect(server.lines == ["GET /apis/autoscaling/v2beta2", "GET /apis/autoscaling/v2"])
        #expect(try await client.firstServed(of: [older, .autoscalers]) == nil)
    }

    @Test func doesNotTakeAnotherKindOfTheGroupForIt() async throws {
        let scaled = ResourceType(group: "autoscaling", version: "v2", plural: "scaledobjects", kind: "ScaledObject")
        #expect(try await !ScriptedServer([Self.scaling]).client().serves(scaled))
        #expect(try await !ScriptedServer([Self.missing]).client().serves(.scaledObjects))
    }

    @Test func listsVersionsThePreferredFirst() async throws {
        let group: JSONValue = [
            "kind": "APIGroup", "versions": [["version": "v1"], ["version": "v2"]],
            "preferredVersion": ["groupVersion": "autoscaling/v2", "version": "v2"],
        ]
        let core: JSONValue = ["kind": "APIVersions", "versions": ["v1"]]
        let server = ScriptedServer([.json(group), .json(core), Self.missing])
        let client = server.client()
        #expect(try await client.versions(of: "autoscaling") == ["v2", "v1"])
        #expect(try await client.versions(of: "") == ["v1"])
        #expect(try await client.versions(of: "keda.sh").isEmpty)
        #expect(server.lines == ["GET /apis/autoscaling", "GET /api", "GET /apis/keda.sh"])
    }

    @Test func tellsAFailureThatIsNoAbsence() async {
        let client = ScriptedServer([.failure(403, "Forbidden", "no")]).client()
        let error = await failure { () async throws(KubernetesError) in try await client.serves(.autoscalers) }
        #expect(error?.description == "get /apis/autoscaling/v2: no (403 Forbidden)")
    }

    @Test func readsTheVersionOfTheServer() async throws {
        let server = ScriptedServer([.json(["major": "1", "gitVersion": "v1.36.1"])])
        #expect(try await server.client().serverVersion() == "v1.36.1")
        #expect(server.lines == ["GET /version"])
    }
}
