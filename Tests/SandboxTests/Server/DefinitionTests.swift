import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// What becomes of CustomResourceDefinitions.
@Suite(.timeLimit(.minutes(1))) struct DefinitionTests {
    private let fixture = APIFixture()
    private static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    private static let widgets = "/apis/a.example/v1/namespaces/test/widgets"

    static let definition: JSONValue = [
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": ["name": "widgets.a.example"],
        "spec": [
            "group": "a.example", "scope": "Namespaced",
            "names": ["plural": "widgets", "kind": "Widget", "shortNames": ["wd"], "categories": ["all"]],
            "versions": [
                [
                    "name": "v1", "served": true, "storage": true,
                    "subresources": ["status": .object(JSONObject())],
                    "schema": [
                        "openAPIV3Schema": [
                            "type": "object",
                            "properties": [
                                "spec": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                                "status": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                            ],
                        ]
                    ],
                    "additionalPrinterColumns": [
                        ["name": "Phase", "type": "string", "jsonPath": ".status.phase"],
                        ["name": "Weight", "type": "integer", "jsonPath": ".spec.weights[1]"],
                        [
                            "name": "Ready", "type": "string",
                            "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status",
                        ], ["name": "Since", "type": "date", "jsonPath": ".status.since"],
                        ["name": "Owner", "type": "string", "jsonPath": ".metadata.labels.a\\.example/owner"],
                        ["name": "All", "type": "string", "priority": 1, "jsonPath": ".spec.weights[*]"],
                    ],
                ], ["name": "v2", "served": true, "storage": false],
            ],
        ],
    ]

    private static let widget: JSONValue = [
        "apiVersion": "a.example/v1", "kind": "Widget",
        "metadata": ["name": "w", "labels": ["a.example/owner": "me"]], "spec": ["weights": [1, 2]],
    ]

    @Test func areEstablishedAtOnce() async throws {
        let answer = await fixture.send(.post, Self.definitions, Self.definition)
        #expect(answer.status == 201)
        let status = try answer.json["status"]
        let conditions = (status?["conditions"]?.array ?? []).map { [$0["type"], $0["status"]] }
        #expect(conditions == [["NamesAccepted", "True"], ["Established", "True"]])
        #expect(status?["storedVersions"] == ["v1"])
        #expect(status?[path: "acceptedNames", "listKind"] == "WidgetList")
    }

    @Test func areServedWhileTheyAreThere() async throws {
        #expect(await fixture.send(.get, Self.widgets).status == 404)
        _ = await fixture.send(.post, Self.definitions, Self.definition)
        #expect(await fixture.send(.post, Self.widgets, Self.widget).status == 201)
        let resources = try await fixture.send(.get, "/apis/a.example/v1").json["resources"]?.array ?? []
        #expect(resources.compactMap { $0["name"]?.string } == ["widgets", "widgets/status"])
        #expect(resources.first?["shortNames"] == ["wd"])
        #expect(resources.first?["categories"] == ["all"])
        #expect(await fixture.send(.delete, "\(Self.definitions)/widgets.a.example").status == 200)
        #expect(await fixture.send(.get, Self.widgets).status == 404)
        #expect(await fixture.send(.get, "/apis/a.example/v1").status == 404)
        _ = await fixture.send(.post, Self.definitions, Self.definition)
        #expect(try await fixture.send(.get, Self.widgets).json["items"] == [])
    }

    @Test func showOneObjectInAllTheirVersions() async throws {
        _ = await fixture.send(.post, Self.definitions, Self.definition)
        _ = await fixture.send(.post, Self.widgets, Self.widget)
        let path = "/apis/a.example/v2/namespaces/test/widgets/w"
        let answer = await fixture.send(.get, path)
        #expect(try answer.json["apiVersion"] == "a.example/v2")
        var object = try answer.json
        object[path: "spec", "a"] = "b"
        #expect(await fixture.send(.put, path, object).status == 200)
        #expect(try await fixture.send(.get, "\(Self.widgets)/w").json["apiVersion"] == "a.example/v1")
    }

    @Test func keepTheStatusApartOnlyWhereTheySaySo() async throws {
        _ = await fixture.send(.post, Self.definitions, Self.definition)
        var widget = Self.widget
        widget["status"] = ["phase": "mine"]
        #expect(try await fixture.send(.post, Self.widgets, widget).json["status"] == nil)
        widget["apiVersion"] = "a.example/v2"
        widget[path: "metadata", "name"] = "x"
        let answer = await fixture.send(.post, "/apis/a.example/v2/namespaces/test/widgets", widget)
        #expect(try answer.json["status"] == ["phase": "mine"])
        #expect(await fixture.send(.get, "/apis/a.example/v2/namespaces/test/widgets/x/status").status == 404)
        #expect(await fixture.send(.get, "\(Self.widgets)/w/status").status == 200)
    }

    @Test func printTheColumnsThatTheyDeclare() async throws {
        _ = await fixture.send(.post, Self.definitions, Self.definition)
        _ = await fixture.send(.post, Self.widgets, Self.widget)
        let patch: JSONValue = [
            "status": [
                "phase": "Progressing", "since": "2026-11-25T03:55:00Z",
                "conditions": [["type": "Other", "status": "False"], ["type": "Ready", "status": "True"]],
            ]
        ]
        let type = "application/merge-patch+json"
        #expect(await fixture.send(.patch, "\(Self.widgets)/w/status", patch, type: type).status == 200)
        let table = try await fixture.send(.get, Self.widgets, accept: tableV1).json
        let names = (table["columnDefinitions"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(names == ["Name", "Phase", "Weight", "Ready", "Since", "Owner", "All"])
        #expect(table["rows"]?[0]?["cells"] == ["w", "Progressing", 2, "True", "5m", "me", "1 2"])
    }
}
