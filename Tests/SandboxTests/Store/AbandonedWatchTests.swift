import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AbandonedWatchTests {
    /// Readers that are cancelled while changes are handed out: neither may wait for the other.
    @Test func readersMayGoWhileChangesAreMade() async throws {
        let cluster = InMemoryCluster(clock: ManualClock())
        cluster.put(.configMaps, configMap("c", "0"))
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask { await Self.watchAndLeave(cluster) }
            }
            group.addTask {
                for value in 1...4_000 { cluster.put(.configMaps, configMap("c", "\(value)")) }
            }
        }
        #expect(cluster.watcherCount == 0)
    }

    @concurrent private static func watchAndLeave(_ cluster: InMemoryCluster) async {
        for _ in 0..<300 {
            let reader = Task {
                let version = cluster.resourceVersion
                for try await _ in try await cluster.watch(.configMaps, namespace: nil, resourceVersion: version) {}
            }
            await Task.yield()
            reader.cancel()
            _ = await reader.result
        }
    }
}
