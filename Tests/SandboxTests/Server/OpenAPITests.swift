import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct OpenAPITests {
    private let fixture = APIFixture()

    private func definitions() async throws -> JSONValue {
        try #require(try await fixture.send(.get, "/openapi/v2").json["definitions"])
    }

    @Test func writesTheSecondVersionInProtobufForWhoDoesNotAskForJSON() async throws {
        let type = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"
        let answer = await fixture.send(.get, "/openapi/v2?timeout=32s", accept: type)
        #expect(answer.status == 200)
        #expect(answer.fields[.contentType] == "application/com.github.proto-openapi.spec.v2.v1.0+protobuf")
        // Field 1 is the version of the document.
        #expect(answer.bytes.prefix(5) == [10, 3, 50, 46, 48])
        #expect(answer.bytes.count > 10_000)
    }

    @Test func describesTheFieldsOfABuiltInKind() async throws {
        let spec = try await definitions()["io.k8s.api.apps.v1.DeploymentSpec"]
        #expect(spec?[path: "properties", "replicas"] == ["type": "integer", "format": "int32"])
        #expect(spec?["required"] == ["selector", "template"])
        let pod = try await definitions()["io.k8s.api.core.v1.PodSpec"]
        let containers = try #require(pod?[path: "properties", "containers"])
        #expect(containers["x-kubernetes-patch-merge-key"] == "name")
        #expect(containers["x-kubernetes-patch-strategy"] == "merge")
        #expect(containers["x-kubernetes-list-map-keys"] == ["name"])
    }

    @Test func refersToNothingThatIsMissing() async throws {
        let definitions = try await definitions()
        let text = definitions.text
        var rest = text[...]
        var count = 0
        while let mark = rest.firstRange(of: "\"#/definitions/") {
            rest = rest[mark.upperBound...]
            let name = String(rest.prefix { $0 != "\"" })
            #expect(definitions[name] != nil, "\(name)")
            count += 1
        }
        #expect(count > 500)
    }

    @Test func namesTheDocumentsOfTheThirdVersion() async throws {
        let index = try await fixture.send(.get, "/openapi/v3").json
        let address = try #require(index[path: "paths", "apis/apps/v1", "serverRelativeURL"]?.string)
        let document = try await fixture.send(.get, address).json
        let operation = document["paths"]?["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]?["patch"]
        #expect(
            operation?["x-kubernetes-group-version-kind"] == ["group": "apps", "kind": "Deployment", "version": "v1"]
        )
        let names = (operation?["parameters"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(names.contains("dryRun") && names.contains("fieldValidation"))
        #expect(document[path: "components", "schemas", "io.k8s.api.core.v1.Container"] != nil)
        #expect(await fixture.send(.get, "/openapi/v3/apis/nothing/v1").status == 404)
    }

    @Test func closesNoCustomKindThatKeepsUnknownFields() async throws {
        var definition = widgetDefinition()
        let schema: JSONValue = [
            "type": "object", "x-kubernetes-preserve-unknown-fields": true,
            "properties": ["spec": ["type": "object"]],
        ]
        definition[path: "spec", "versions"] = [
            ["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": schema]]
        ]
        fixture.cluster.put(.customResourceDefinitions, definition)
        let widget = try await definitions()["com.example.v1.Widget"]
        #expect(widget?["type"] == "object")
        #expect(widget?["properties"] == nil)
    }

    @Test func describesACustomKindByItsDefinition() async throws {
        fixture.cluster.put(.customResourceDefinitions, widgetDefinition())
        let document = try await fixture.send(.get, "/openapi/v3/apis/example.com/v1").json
        let schema = document[path: "components", "schemas", "com.example.v1.Widget"]
        #expect(schema?[path: "properties", "spec", "properties", "size", "type"] == "integer")
        #expect(schema?["x-kubernetes-group-version-kind"]?[0]?["kind"] == "Widget")
    }
}

/// A definition of Widgets with a size, a list that is told apart by names, and nothing else.
func widgetDefinition() -> JSONValue {
    let parts: JSONValue = [
        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
        "items": [
            "type": "object", "required": ["name"],
            "properties": ["name": ["type": "string"], "weight": ["type": "integer"]],
        ],
    ]
    let spec: JSONValue = ["type": "object", "properties": ["size": ["type": "integer"], "parts": parts]]
    return [
        "metadata": ["name": "widgets.example.com"],
        "spec": [
            "group": "example.com", "scope": "Namespaced", "names": ["plural": "widgets", "kind": "Widget"],
            "versions": [
                [
                    "name": "v1", "served": true, "storage": true, "subresources": ["status": .object(JSONObject())],
                    "schema": ["openAPIV3Schema": ["type": "object", "properties": ["spec": spec]]],
                ]
            ],
        ],
    ]
}
