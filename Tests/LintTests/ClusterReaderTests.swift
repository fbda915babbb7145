import Admission
import JSON
import Kubernetes
import Lint
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ClusterReaderTests {
    /// An API server that lists what it has, and refuses other kinds with a status code.
    private struct Lists: KubernetesAPI {
        let objects: [ResourceType: [JSONValue]]
        let code: Int

        private func refusal(_ type: ResourceType) -> KubernetesError {
            KubernetesError(operation: type.operation("list", namespace: nil), code: code, reason: "", message: "no")
        }

        func list(
            _ type: ResourceType,
            namespace: String?,
            labelSelector: String?
        ) async throws(KubernetesError) -> ObjectList {
            guard namespace == nil, labelSelector == nil, let items = objects[type] else { throw refusal(type) }
            return ObjectList(items: items, resourceVersion: "1")
        }

        func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
            throw refusal(type)
        }

        func create(
            _ type: ResourceType,
            _ object: JSONValue,
            namespace: String?
        ) async throws(KubernetesError) -> JSONValue { throw refusal(type) }

        func update(
            _ type: ResourceType,
            _ key: ObjectKey,
            _ object: JSONValue,
            subresource: String?
        ) async throws(KubernetesError) -> JSONValue { throw refusal(type) }

        func patch(
            _ type: ResourceType,
            _ key: ObjectKey,
            _ patch: Patch,
            subresource: String?
        ) async throws(KubernetesError) -> JSONValue { throw refusal(type) }

        func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) { throw refusal(type) }

        func watch(
            _ type: ResourceType,
            namespace: String?,
            resourceVersion: String
        ) async throws(KubernetesError) -> WatchStream { throw refusal(type) }
    }

    @Test func listsEveryKind() async throws {
        let api = Lists(objects: [.deployments: [deployment()], .services: []], code: 404)
        let view = try await ClusterReader.view(of: api, types: [.deployments, .services, .canaries])
        #expect(view.object(.deployments, test) == deployment())
        // A cluster without the kind has no objects of it.
        #expect(view.knows(.canaries))
        #expect(view.objects(.canaries).isEmpty)
    }

    @Test func doesWithoutExtrasThatItMayNotList() async throws {
        let api = Lists(objects: [.deployments: []], code: 403)
        let view = try await ClusterReader.view(of: api, types: [.deployments], extras: [.secrets])
        #expect(view.knows(.deployments))
        // That one is missing means nothing then.
        #expect(!view.knows(.secrets))
    }

    @Test func keepsTheNamesOfASecretsKeys() async throws {
        let secret: JSONValue = ["metadata": ["name": "a", "namespace": "test"], "data": ["token": "aGlkZGVu"]]
        let api = Lists(objects: [.secrets: [secret]], code: 404)
        let view = try await ClusterReader.view(of: api, types: [], extras: [.secrets])
        #expect(view.object(.secrets, ObjectKey(namespace: "test", name: "a"))?["data"] == ["token": ""])
    }

    @Test(arguments: [0, 403, 500])
    func saysWhatItCouldNotRead(_ code: Int) async {
        let api = Lists(objects: [.deployments: []], code: code)
        let error = await failure { () async throws(KubernetesError) in
            try await ClusterReader.view(of: api, types: [.deployments, .services])
        }
        #expect(error?.operation == "list services")
    }
}
