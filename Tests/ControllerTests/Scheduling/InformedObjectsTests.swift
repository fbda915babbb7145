import Controller
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// What the caches of informers are taken to know.
@Suite(.timeLimit(.minutes(1))) struct InformedObjectsTests {
    private let clock = ManualClock()
    private let cluster: InMemoryCluster

    init() {
        cluster = InMemoryCluster(clock: clock)
        for name in ["a", "b"] { cluster.put(.configMaps, configMap(name)) }
        var labelled = configMap("c")
        labelled[path: "metadata", "labels"] = ["managed": "true"]
        cluster.put(.configMaps, labelled)
    }

    private func informer(namespace: String? = nil, labels: String? = nil, indexes: [InformerIndex] = []) -> Informer {
        Informer(
            type: .configMaps,
            namespace: namespace,
            labelSelector: labels,
            indexes: indexes,
            api: cluster,
            clock: clock
        )
    }

    private func withRunning(_ informer: Informer, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await informer.run() }
            try await informer.waitUntilSynced()
            try await body()
            group.cancelAll()
        }
    }

    private func key(_ name: String, _ namespace: String = "test") -> ObjectKey {
        ObjectKey(namespace: namespace, name: name)
    }

    @Test func knowsNothingBeforeTheFirstList() {
        let objects = InformedObjects([informer()])
        #expect(objects.look(at: key("a"), .configMaps) == .unknown)
        #expect(objects.all(.configMaps, namespace: nil) == nil)
        #expect(objects.look(at: key("a"), .services) == .unknown)
        #expect(objects.availability(of: .configMaps) == .unknown)
    }

    @Test(arguments: [false, true]) func knowsWhatIsThereAndWhatIsNot(_ isIndexed: Bool) async throws {
        let informer = informer(indexes: isIndexed ? [.namespace] : [])
        let objects = InformedObjects([informer], indexed: isIndexed ? [.configMaps] : [])
        try await withRunning(informer) {
            #expect(objects.look(at: key("a"), .configMaps).object?.name == "a")
            #expect(objects.look(at: key("x"), .configMaps) == .absent)
            #expect(objects.all(.configMaps, namespace: "test")?.count == 3)
            #expect(objects.all(.configMaps, namespace: "other") == [])
            #expect(objects.availability(of: .configMaps) == .served)
        }
    }

    @Test func knowsNothingOfWhatItDoesNotWatch() async throws {
        let informer = informer(namespace: "test", labels: "managed=true")
        let objects = InformedObjects([informer])
        try await withRunning(informer) {
            #expect(objects.look(at: key("c"), .configMaps).object?.name == "c")
            #expect(objects.look(at: key("a"), .configMaps) == .unknown)
            #expect(objects.look(at: key("c", "other"), .configMaps) == .unknown)
            #expect(objects.all(.configMaps, namespace: "test") == nil)
        }
    }

    @Test func showsNothingThatIsNotKeptAsItIs() async throws {
        let informer = informer()
        let objects = InformedObjects([informer], reduced: [.configMaps])
        try await withRunning(informer) {
            #expect(objects.look(at: key("a"), .configMaps) == .unknown)
            #expect(objects.all(.configMaps, namespace: nil) == nil)
        }
    }
}
