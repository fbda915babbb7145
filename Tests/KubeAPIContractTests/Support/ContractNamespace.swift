import Foundation
import HTTPTypes
import JSON
import Testing

/// A namespace of a test's own.
struct ContractNamespace {
    let api: APIUnderTest
    let name: String

    /// Makes one.
    init() async throws {
        api = try #require(APIUnderTest.current)
        name = "contract-\(UUID().uuidString.prefix(8).lowercased())"
        let answer = try await api.send(.post, "/api/v1/namespaces", ["metadata": ["name": .string(name)]])
        #expect(answer.status == 201, "\(answer.text)")
    }

    /// The path of ConfigMaps in it, or of one.
    func configMaps(_ name: String = "") -> String { path("/api/v1", "configmaps", name) }

    /// The path of Deployments in it, or of one.
    func deployments(_ name: String = "") -> String { path("/apis/apps/v1", "deployments", name) }

    /// The path of a collection in it, or of an object of that.
    func path(_ root: String, _ plural: String, _ object: String = "") -> String {
        "\(root)/namespaces/\(name)/\(plural)" + (object.isEmpty ? "" : "/\(object)")
    }

    /// Creates a ConfigMap and returns it.
    @discardableResult
    func make(_ object: String, data: JSONValue = ["value": "1"]) async throws -> JSONValue {
        let body: JSONValue = ["metadata": ["name": .string(object)], "data": data]
        let answer = try await api.send(.post, configMaps(), body)
        #expect(answer.status == 201, "\(answer.text)")
        return try answer.json
    }

    /// A Deployment of one container.
    func workload(_ image: String = "app:1") -> JSONValue {
        [
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "web"],
            "spec": [
                "replicas": 2, "selector": ["matchLabels": ["app": "web"]],
                "template": [
                    "metadata": ["labels": ["app": "web"]],
                    "spec": ["containers": [["name": "app", "image": .string(image)]]],
                ],
            ],
        ]
    }

    /// Patches with `patch` of a media type `application/<type>`.
    func patch(_ path: String, _ patch: JSONValue, _ type: String = "merge-patch+json") async throws -> APIAnswer {
        try await api.send(.patch, path, patch, type: "application/\(type)")
    }
}
