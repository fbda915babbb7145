import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// Selectors and indexes where the API itself has none.
@Suite(.timeLimit(.minutes(1))) struct InformerSelectionTests {
    private let clock = ManualClock()
    private let cluster: InMemoryCluster

    init() { cluster = InMemoryCluster(clock: clock) }

    private func labelled(_ name: String, _ app: String) -> JSONValue {
        var object = configMap(name)
        object[path: "metadata", "labels", "app"] = .string(app)
        return object
    }

    /// An informer that runs, and the first `count` events after `change`.
    private func told(
        _ count: Int,
        labels: String? = nil,
        fields: String? = nil,
        after change: () -> Void
    ) async throws -> [String] {
        let (events, continuation) = AsyncStream<InformerEvent>.makeStream()
        let informer = Informer(
            type: .configMaps,
            labelSelector: labels,
            fieldSelector: fields,
            api: cluster,
            clock: clock,
            onEvent: { continuation.yield($0) }
        )
        let running = Task { await informer.run() }
        try await informer.waitUntilSynced()
        change()
        var told: [String] = []
        for await event in events.prefix(count) { told.append(event.summary) }
        running.cancel()
        await running.value
        return told
    }

    @Test func seesWhatItsLabelsSelect() async throws {
        cluster.put(.configMaps, labelled("a", "x"))
        cluster.put(.configMaps, labelled("b", "y"))
        let events = try await told(4, labels: "app=x") {
            cluster.put(.configMaps, labelled("b", "x"))
            cluster.put(.configMaps, labelled("c", "y"))
            cluster.put(.configMaps, labelled("c", "z"))
            cluster.put(.configMaps, labelled("a", "y"))
            cluster.put(.configMaps, labelled("d", "x"))
        }
        #expect(events == ["added a 1001", "added b 1003", "deleted a 1006", "added d 1007"])
    }

    @Test func seesWhatItsFieldsSelect() async throws {
        cluster.put(.configMaps, configMap("a"))
        cluster.put(.configMaps, configMap("b"))
        let events = try await told(2, fields: "metadata.name=b") {
            cluster.put(.configMaps, configMap("a", "2"))
            cluster.put(.configMaps, configMap("b", "2"))
        }
        #expect(events == ["added b 1002", "updated b 1002 to 1004"])
    }

    @Test func refusesSelectorsThatAreNone() async {
        let api: any KubernetesAPI = cluster
        let error = await failure { () async throws(KubernetesError) in
            try await api.list(.configMaps, in: ListSelection(fieldSelector: "metadata.name")) { $0 }
        }
        #expect(error?.code == 400)
        #expect(error?.message == "unable to parse the selectors metadata.name")
    }

    @Test func findsObjectsByItsIndexes() async throws {
        let (events, continuation) = AsyncStream<InformerEvent>.makeStream()
        let informer = Informer(
            type: .configMaps,
            indexes: [.namespace, .owner, InformerIndex("value") { [$0[path: "data", "value"]?.string ?? ""] }],
            api: cluster,
            clock: clock,
            onEvent: { continuation.yield($0) }
        )
        var owned = configMap("b", "1")
        owned[path: "metadata", "ownerReferences"] = [["uid": "u1", "kind": "Canary", "name": "podinfo"]]
        for object in [configMap("c", "1"), owned, configMap("a", "2", namespace: "prod")] {
            cluster.put(.configMaps, object)
        }
        let running = Task { await informer.run() }
        try await informer.waitUntilSynced()
        #expect(informer.objects(in: "namespace", under: "test").map(\.name) == ["b", "c"])
        #expect(informer.objects(in: "owner", under: "u1").map(\.name) == ["b"])
        #expect(informer.objects(in: "value", under: "1").map(\.name) == ["b", "c"])
        cluster.put(.configMaps, configMap("c", "2"))
        cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "b"))
        for await event in events.prefix(5) where event.summary.hasPrefix("deleted") { break }
        #expect(informer.objects(in: "value", under: "1").isEmpty)
        #expect(informer.objects(in: "value", under: "2").map(\.key.description) == ["prod/a", "test/c"])
        #expect(informer.objects(in: "owner", under: "u1").isEmpty)
        #expect(informer.objects(in: "none", under: "1").isEmpty)
        running.cancel()
        await running.value
    }
}
