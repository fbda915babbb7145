import Controller
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CachedAPITests {
    private let clock = ManualClock()
    private let cluster: InMemoryCluster
    private let calls = Locked<[String]>([])
    private let cache: FrozenCache
    private let api: CachedAPI
    private let key = ObjectKey(namespace: "test", name: "a")

    init() {
        let calls = calls
        cluster = InMemoryCluster(clock: clock) { operation in calls.withLock { $0.append(operation) } }
        cluster.put(.configMaps, configMap("a", "1"))
        cache = FrozenCache(cluster, [.configMaps])
        api = CachedAPI(cluster, cache: cache, clock: clock)
    }

    /// What was asked of the server since the last time.
    private func asked() -> [String] {
        calls.withLock { calls in
            defer { calls = [] }
            return calls
        }
    }

    private func value(_ name: String = "a") async throws -> String? {
        try await api.get(.configMaps, ObjectKey(namespace: "test", name: name))[path: "data", "value"]?.string
    }

    private func write(_ value: String, at version: String? = nil) async throws {
        let patch = Patch.merge(["data": ["value": .string(value)]])
        let guarded = version.map { patch.requiring(resourceVersion: $0) } ?? patch
        _ = try await api.patch(.configMaps, key, guarded, subresource: nil)
    }

    private var stored: JSONValue { cluster.object(.configMaps, key) ?? .null }

    @Test func readsWhatIsKept() async throws {
        cluster.put(.configMaps, configMap("a", "2"))
        #expect(try await value() == "1")
        await #expect(throws: KubernetesError.self) { try await value("b") }
        #expect(asked() == [])
        #expect(api.figures.cached == 2 && api.figures.asked == 0)
    }

    /// The values of a Secret are in memory no longer than the call takes.
    @Test func keepsOfItsOwnWritesAndOfWholeObjectsWhatMayBeKept() async throws {
        let api = CachedAPI(cluster, cache: cache, clock: clock) { _, object in
            var object = object
            object["data"] = nil
            return object
        }
        let patch = Patch.merge(["data": ["value": "2"]])
        let answer = try await api.patch(.configMaps, key, patch, subresource: nil)
        #expect(answer[path: "data", "value"] == "2")
        #expect(try await api.get(.configMaps, key)["data"] == nil)
        #expect(try await api.getWhole(.configMaps, key)[path: "data", "value"] == "2")
        #expect(try await api.get(.configMaps, key)["data"] == nil)
    }

    @Test func asksForWhatNobodyKeeps() async throws {
        cluster.put(.services, ["metadata": ["namespace": "test", "name": "a"]])
        _ = try await api.get(.services, key)
        _ = try await api.list(.services, namespace: "test", labelSelector: nil)
        #expect(asked() == ["get services test/a", "list services in test"])
    }

    @Test func readsItsOwnWritesUntilTheyAreKept() async throws {
        try await write("2")
        #expect(try await value() == "2")
        cache.catchUp()
        #expect(api.figures.layers == 1)
        cluster.put(.configMaps, configMap("a", "3"))
        cache.catchUp()
        #expect(try await value() == "3")
        #expect(api.figures.layers == 0)
        #expect(asked() == ["patch configmaps test/a"])
    }

    @Test func tellsItsOwnWritesFromOthers() async throws {
        let old = stored
        try await write("2")
        #expect(api.see(.configMaps, .updated(old: old, new: stored)))
        #expect(!api.see(.configMaps, .updated(old: old, new: stored)))
        try await write("3")
        let ours = stored
        cluster.put(.configMaps, configMap("a", "4"))
        #expect(!api.see(.configMaps, .updated(old: ours, new: stored)))
        #expect(api.figures.layers == 0)
    }

    @Test func anEarlierStateIsNotTakenForALaterOne() async throws {
        cluster.put(.configMaps, configMap("a", "2"))
        let between = stored
        try await write("3")
        #expect(!api.see(.configMaps, .updated(old: .null, new: between)))
        #expect(try await value() == "3")
    }

    @Test func asksAfterAWriteThatFailed() async throws {
        let old = stored
        cluster.put(.configMaps, configMap("a", "2"))
        await #expect(throws: KubernetesError.self) { try await write("3", at: old.resourceVersion) }
        #expect(asked().count == 1)
        #expect(try await value() == "2")
        #expect(asked() == ["get configmaps test/a"])
        // What was answered holds until it is kept.
        #expect(try await value() == "2")
        #expect(asked() == [])
        try await write("3", at: stored.resourceVersion)
    }

    @Test func asksWhenTheCachesHearNothingForLong() async throws {
        try await write("2")
        cluster.put(.configMaps, configMap("a", "3"))
        clock.advance(by: .seconds(9))
        #expect(try await value() == "2")
        clock.advance(by: .seconds(1))
        #expect(try await value() == "3")
        #expect(asked() == ["patch configmaps test/a", "get configmaps test/a"])
    }

    @Test func showsWhatItHasMadeAndNotWhatItHasDeleted() async throws {
        _ = try await api.create(.configMaps, configMap("b", "1"), namespace: "test")
        #expect(try await value("b") == "1")
        try await api.delete(.configMaps, key)
        for _ in 0..<2 { await #expect(throws: KubernetesError.self) { try await value() } }
        let list = try await api.list(.configMaps, namespace: "test", labelSelector: nil)
        #expect(list.items.map(\.name) == ["b"])
        #expect(asked() == ["create configmaps test/b", "delete configmaps test/a", "get configmaps test/a"])
        // Another one of the name is no longer the one that went.
        cluster.put(.configMaps, configMap("a", "new"))
        cache.catchUp()
        #expect(try await value() == "new")
    }

    @Test func listsWithLabelsFromWhatIsKept() async throws {
        for (name, team) in [("b", "web"), ("c", "data")] {
            var object = configMap(name)
            object[path: "metadata", "labels"] = ["team": .string(team)]
            cluster.put(.configMaps, object)
        }
        cache.catchUp()
        let web = try await api.list(.configMaps, namespace: "test", labelSelector: "team=web")
        #expect(web.items.map(\.name) == ["b"])
        #expect(try await api.list(.configMaps, namespace: "other", labelSelector: nil).items == [])
        #expect(asked() == [])
    }

    @Test func asksForWhatAnotherMayHaveWritten() async throws {
        cluster.put(.configMaps, configMap("a", "2"))
        api.doubt(.configMaps) { $0.name == "b" }
        #expect(try await value() == "1")
        api.doubt(.configMaps) { $0.name == "a" }
        #expect(try await value() == "2")
        #expect(asked() == ["get configmaps test/a"])
    }
}
