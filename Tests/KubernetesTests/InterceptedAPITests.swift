import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct InterceptedAPITests {
    /// Takes down the calls, and refuses those of one verb.
    private struct Doorman: InterceptedAPI {
        let inner: any KubernetesAPI
        let refused: KubernetesCall.Verb?
        let calls = Locked<[String]>([])

        func pass<Answer: Sendable>(
            _ call: KubernetesCall,
            _ make: @escaping @Sendable () async throws(KubernetesError) -> Answer
        ) async throws(KubernetesError) -> Answer {
            calls.withLock { $0.append(call.description) }
            guard call.verb != refused else {
                throw KubernetesError(operation: call.description, code: 403, reason: "Forbidden", message: "no")
            }
            return try await make()
        }
    }

    private let cluster = InMemoryCluster(clock: ManualClock())
    private let key = ObjectKey(namespace: "test", name: "a")

    @Test func hasASayInEveryCall() async throws {
        let door = Doorman(inner: cluster, refused: nil)
        let api: any KubernetesAPI = door
        let selection = ListSelection(namespace: "test", labelSelector: "a=b")
        _ = try await api.create(.configMaps, configMap("a"), namespace: "test")
        _ = try await api.get(.configMaps, key)
        let whole = try await api.getWhole(.configMaps, key)
        _ = try await api.update(.configMaps, key, whole, subresource: nil)
        _ = try await api.patch(.configMaps, key, .merge(["data": ["a": "b"]]), subresource: nil)
        #expect(try await api.list(.configMaps, namespace: "test", labelSelector: nil).items.count == 1)
        #expect(try await api.list(.configMaps, in: selection) { $0 }.items.isEmpty)
        _ = try await api.watch(.configMaps, namespace: nil, resourceVersion: "0")
        _ = try await api.watch(.configMaps, in: selection, resourceVersion: "0", seconds: 1)
        #expect(try await api.watchList(.configMaps, in: selection, seconds: 1) { $0 } == nil)
        try await api.delete(.configMaps, key)
        #expect(
            door.calls.withLock { $0 } == [
                "create configmaps test/a", "get configmaps test/a", "get configmaps test/a",
                "update configmaps test/a", "patch configmaps test/a", "list configmaps in test",
                "list configmaps in test", "watch configmaps", "watch configmaps in test", "watch configmaps in test",
                "delete configmaps test/a",
            ]
        )
        #expect(cluster.objects(.configMaps).isEmpty)
    }

    @Test func namesWhatIsCalled() {
        let call = KubernetesCall(.patch, .canaries, key, subresource: "status")
        #expect(call.description == "patch canaries.flagger.app/status test/a" && !call.verb.isRead)
        #expect(KubernetesCall(.list, .canaries, namespace: nil).description == "list canaries.flagger.app")
    }

    @Test func canRefuse() async throws {
        let api = Doorman(inner: cluster, refused: .create)
        await #expect(throws: KubernetesError.self) {
            _ = try await api.create(.configMaps, configMap("a"), namespace: "test")
        }
        #expect(cluster.objects(.configMaps).isEmpty)
    }
}
