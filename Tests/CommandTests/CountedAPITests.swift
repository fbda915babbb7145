import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct CountedAPITests {
    @Test func countsCallsByWhatCameOfThem() async throws {
        let cluster = InMemoryCluster(clock: ManualClock())
        let api = CountedAPI(cluster)
        let key = ObjectKey(namespace: "test", name: "a")
        _ = try await api.create(.configMaps, configMap("a"), namespace: "test")
        for _ in 0..<2 { _ = try await api.get(.configMaps, key) }
        await #expect(throws: KubernetesError.self) {
            try await api.get(.configMaps, ObjectKey(namespace: "test", name: "b"))
        }
        let stale = Patch.merge(["data": ["x": "y"]]).requiring(resourceVersion: "1")
        await #expect(throws: KubernetesError.self) { try await api.patch(.configMaps, key, stale, subresource: nil) }
        cluster.onCall { call throws(KubernetesError) in
            throw KubernetesError(operation: call, code: 503, reason: "", message: "later")
        }
        await #expect(throws: KubernetesError.self) {
            try await api.list(.services, in: ListSelection(namespace: "test")) { $0 }
        }
        let text = api.exposition
        for line in [
            "verb=\"create\",resource=\"configmaps\",outcome=\"ok\"} 1",
            "verb=\"get\",resource=\"configmaps\",outcome=\"ok\"} 2",
            "verb=\"get\",resource=\"configmaps\",outcome=\"not_found\"} 1",
            "verb=\"patch\",resource=\"configmaps\",outcome=\"conflict\"} 1",
            "verb=\"list\",resource=\"services\",outcome=\"failed\"} 1",
        ] {
            #expect(text.contains("canarygate_kubernetes_calls_total{\(line)\n"), "\(line)")
        }
    }
}
