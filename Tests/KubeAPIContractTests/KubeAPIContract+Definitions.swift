import Foundation
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Testing

extension KubeAPIContract {
    /// Custom kinds.
    @Suite(.timeLimit(.minutes(1))) struct Definitions {
        /// A definition of a group of its own, with a size, a default, and the subresources.
        private func definition(_ group: String) -> JSONValue {
            let spec: JSONValue = [
                "type": "object",
                "properties": [
                    "size": ["type": "integer", "minimum": 1], "colour": ["type": "string", "default": "blue"],
                ],
            ]
            let status: JSONValue = ["type": "object", "properties": ["replicas": ["type": "integer"]]]
            let scale: JSONValue = ["specReplicasPath": ".spec.size", "statusReplicasPath": ".status.replicas"]
            return [
                "metadata": ["name": .string("widgets.\(group)")],
                "spec": [
                    "group": .string(group), "scope": "Namespaced",
                    "names": ["plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList"],
                    "versions": [
                        [
                            "name": "v1", "served": true, "storage": true,
                            "subresources": ["status": .object(JSONObject()), "scale": scale],
                            "schema": [
                                "openAPIV3Schema": ["type": "object", "properties": ["spec": spec, "status": status]]
                            ],
                        ]
                    ],
                ],
            ]
        }

        private static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"

        /// Defines the kind for as long as `body` runs.
        private func withKind(_ body: (ContractNamespace, String) async throws -> Void) async throws {
            let space = try await ContractNamespace()
            let group = "\(space.name).example.com"
            let made = try await space.api.send(.post, Self.definitions, definition(group))
            #expect(made.status == 201, "\(made.text)")
            let path = space.path("/apis/\(group)/v1", "widgets")
            let clock = SystemClock()
            let end = clock.now() + .seconds(20)
            while try await space.api.send(.get, path).status != 200 {
                try #require(clock.now() < end, "the kind is not served")
                try await clock.sleep(for: .milliseconds(50))
            }
            try await body(space, path)
            _ = try await space.api.send(.delete, "\(Self.definitions)/widgets.\(group)")
        }

        private func widget(_ path: String, _ spec: JSONValue) -> JSONValue {
            let group = path.split(separator: "/")[1]
            return [
                "apiVersion": .string("\(group)/v1"), "kind": "Widget", "metadata": ["name": "w"], "spec": spec,
            ]
        }

        @Test func prunesFillsInAndChecks() async throws {
            try await withKind { space, path in
                let made = try await space.api.send(.post, path, widget(path, ["size": 1, "bogus": true]))
                #expect(made.status == 201, "\(made.text)")
                #expect(try made.json["spec"] == ["size": 1, "colour": "blue"])
                let bad = try await space.patch("\(path)/w", ["spec": ["size": 0]])
                #expect(bad.status == 422)
                #expect(
                    try bad.message.contains(
                        "spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1"
                    )
                )
                let wrong = try await space.patch("\(path)/w", ["spec": ["size": "x"]])
                #expect(wrong.status == 422)
            }
        }

        @Test func listsItemsWithTheirKind() async throws {
            try await withKind { space, path in
                _ = try await space.api.send(.post, path, widget(path, ["size": 1]))
                let list = try await space.api.send(.get, path).json
                #expect(list["kind"] == "WidgetList")
                #expect(list["items"]?[0]?["kind"] == "Widget")
            }
        }

        @Test func hasNoStrategicPatches() async throws {
            try await withKind { space, path in
                _ = try await space.api.send(.post, path, widget(path, ["size": 1]))
                let answer = try await space.patch("\(path)/w", ["spec": ["size": 2]], "strategic-merge-patch+json")
                #expect(answer.status == 415)
            }
        }

        @Test func wantsTheVersionInAReplacement() async throws {
            try await withKind { space, path in
                _ = try await space.api.send(.post, path, widget(path, ["size": 1]))
                let answer = try await space.api.send(.put, "\(path)/w", widget(path, ["size": 2]))
                #expect(answer.status == 422)
                #expect(try answer.message.contains("metadata.resourceVersion: Invalid value: "))
            }
        }

        @Test func scalesWhereTheDefinitionSays() async throws {
            try await withKind { space, path in
                _ = try await space.api.send(.post, path, widget(path, ["size": 3]))
                let scale = try await space.api.send(.get, "\(path)/w/scale").json
                #expect(scale[path: "spec", "replicas"] == 3)
                _ = try await space.patch("\(path)/w/scale", ["spec": ["replicas": 5]])
                #expect(try await space.api.send(.get, "\(path)/w").json[path: "spec", "size"] == 5)
            }
        }

        @Test func cannotScaleWhatSaysNoReplicas() async throws {
            try await withKind { space, path in
                _ = try await space.api.send(.post, path, widget(path, .object(JSONObject())))
                #expect(try await space.api.send(.get, "\(path)/w/scale").status == 500)
            }
        }
    }
}
