import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// A server with a kind in two versions: `v1`, stored, has `spec.size`, `v1alpha1` calls it `length`.
struct WidgetFixture {
    static let first = "/apis/a.example/v1alpha1/namespaces/test/widgets"
    static let second = "/apis/a.example/v1/namespaces/test/widgets"
    static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    static let merge = "application/merge-patch+json"

    let api: APIFixture

    /// A server whose conversions are done by `converters`, rightly by default.
    init(_ converters: FakeWebhookServer = Self.right()) async throws {
        api = APIFixture(converters: converters)
        let answer = await api.send(.post, Self.definitions, Self.definition)
        try #require(answer.status == 201, "\(answer.text)")
    }

    static let definition: JSONValue = [
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": ["name": "widgets.a.example"],
        "spec": [
            "group": "a.example", "scope": "Namespaced", "names": ["plural": "widgets", "kind": "Widget"],
            "versions": [
                version("v1", "size", ["storage": true]),
                version("v1alpha1", "length", ["storage": false, "deprecated": true]),
            ],
            "conversion": [
                "strategy": "Webhook",
                "webhook": [
                    "conversionReviewVersions": ["v1"], "clientConfig": ["url": "https://convert.test/convert/widgets"],
                ],
            ],
        ],
    ]

    private static func version(_ name: String, _ field: String, _ more: JSONValue) -> JSONValue {
        let version: JSONValue = [
            "name": .string(name), "served": true, "subresources": ["status": .object(JSONObject())],
            "additionalPrinterColumns": [
                ["name": "Measure", "type": "integer", "jsonPath": .string(".spec.\(field)")]
            ],
            "schema": [
                "openAPIV3Schema": [
                    "type": "object",
                    "properties": [
                        "spec": [
                            "type": "object",
                            "properties": [
                                field: ["type": "integer"], "color": ["type": "string", "default": "red"],
                            ],
                        ],
                        "status": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                    ],
                ]
            ],
        ]
        return version.merging(more)
    }

    /// A converter as it should be.
    static func right() -> FakeWebhookServer {
        FakeWebhookServer { _, review in
            let objects = review[path: "request", "objects"]?.array ?? []
            let version = review[path: "request", "desiredAPIVersion"] ?? .null
            return answer(review, ["convertedObjects": .array(objects.map { converted($0, to: version) })])
        }
    }

    /// One whose answers have `members` in their response.
    static func answering(_ members: @escaping @Sendable (JSONValue) -> JSONValue) -> FakeWebhookServer {
        FakeWebhookServer { _, review in answer(review, members(review)) }
    }

    private static func answer(_ review: JSONValue, _ members: JSONValue) -> ServerResponse {
        var response: JSONValue = ["uid": review[path: "request", "uid"] ?? .null, "result": ["status": "Success"]]
        response = response.merging(members)
        return FakeWebhookServer.json([
            "apiVersion": review["apiVersion"] ?? .null, "kind": "ConversionReview", "response": response,
        ])
    }

    /// `object` in `version`.
    static func converted(_ object: JSONValue, to version: JSONValue) -> JSONValue {
        var object = object
        object["apiVersion"] = version
        let names = version == "a.example/v1" ? ("length", "size") : ("size", "length")
        object[path: "spec", names.1] = object[path: "spec", names.0]
        object[path: "spec", names.0] = nil
        return object
    }

    /// A Widget of `v1alpha1`.
    static func old(_ name: String = "w", length: Int = 3) -> JSONValue {
        [
            "apiVersion": "a.example/v1alpha1", "kind": "Widget", "metadata": ["name": .string(name)],
            "spec": ["length": .number(JSONNumber(length))],
        ]
    }

    /// What is in the store.
    var stored: JSONValue? {
        let type = ResourceType(group: "a.example", version: "v1", plural: "widgets", kind: "Widget")
        return api.cluster.object(type, "test", "w")
    }
}
